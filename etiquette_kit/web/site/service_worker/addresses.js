// Which file of the site an address means, and where a file is.

// Returns { path } for a file of the site, { folder } for an address that lacks its slash, as { folder: where it should go }, else null.
// What comes after ? and # means no other file.
export function placeOf(address, scope, files) {
  const asked = new URL(address);
  const site = new URL(scope);
  if (asked.origin !== site.origin || !asked.pathname.startsWith(site.pathname)) return null;
  let path;
  try {
    path = decodeURIComponent(asked.pathname.slice(site.pathname.length));
  } catch {
    return null; // a stray %
  }
  if (path === "" || path.endsWith("/")) path += "index.html";
  if (Object.hasOwn(files, path)) return { path };
  if (Object.hasOwn(files, `${path}/index.html`)) return { folder: `${site.origin}${asked.pathname}/${asked.search}` };
  if (Object.hasOwn(files, `${path}.html`)) return { path: `${path}.html` };
  return null;
}

export function addressOf(path, scope) {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), scope).href;
}
