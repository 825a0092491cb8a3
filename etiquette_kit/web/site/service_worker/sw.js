// The service worker of the site: what was loaded once is there without a network. FILES and VERSION, what this version of the site consists
// of, stand in front of this script when it is written; this file and those that it imports are joined to one, so that a visit asks the
// server for one script, and browsers that know no modules in service workers take it, too.
//
// - The first worker of a site takes over at once, so that what the page loads for Python is kept as it comes.
// - Once a page is ready, the rest of the site is fetched. From then on all is answered from the cache, and nothing is asked of the server.
// - Until then, pages are asked of the server first. Where one is not that of this version, the site has changed, and everything is passed on
//   from the server as it is: files of two versions are not mixed.
// - A newer worker fetches what it lacks while the older one goes on; only if that had everything, for otherwise nobody needed it. It takes
//   over when no page of the site is open any more, as browsers do by themselves, or when the only one that is open asks for it. With other
//   pages open it does not: they may still have to load what belongs to their version. So the files of the older version can be removed as
//   soon as the newer one has taken over: nobody needs them.
import { placeOf } from "./addresses.js";
import { SiteFiles } from "./site_files.js";

async function space() {
  const { quota = Infinity, usage = 0 } = (await self.navigator.storage?.estimate()) ?? {};
  return quota - usage;
}

const scope = self.registration.scope;
const site = new SiteFiles({ scope, files: FILES, version: VERSION, caches: self.caches, fetch: (...asked) => self.fetch(...asked), space });
let isFirst = false;
let hasSiteChanged = false;

async function install() {
  if (!self.registration.active) {
    isFirst = true;
    self.skipWaiting();
  } else if (await site.isAnyComplete()) {
    await site.complete();
  }
}

async function activate() {
  if (isFirst) await self.clients.claim();
  await site.prune().catch(() => {}); // next time, then
}

// A page as the server has it now; else as it is here; else the start page.
async function page(event, path) {
  let answer;
  try {
    if (!path) return await self.fetch(event.request);
    const download = site.load(path, () => self.fetch(event.request));
    event.waitUntil(download.isKept);
    answer = await download.whole();
    if (answer.ok && !(await download.isRight)) hasSiteChanged = true;
  } catch {
    answer = null;
  }
  if (answer?.ok || answer?.type === "opaqueredirect") return answer;
  const kept = path && (await site.kept(path));
  if (kept || answer) return kept || answer;
  return path !== "index.html" && (await site.kept("index.html")) ? Response.redirect(scope) : Response.error();
}

async function file(event, path) {
  const kept = await site.kept(path);
  if (hasSiteChanged && !(await site.isComplete())) return self.fetch(event.request).catch(() => kept ?? Response.error());
  if (kept) return kept;
  const download = site.load(path);
  event.waitUntil(download.isKept); // also if the page that asked for it is left meanwhile
  return download.answer();
}

async function answered(event, place) {
  if (place?.folder) return Response.redirect(place.folder);
  if (event.request.mode !== "navigate") return file(event, place.path);
  const kept = place && (await site.isComplete()) && (await site.kept(place.path));
  return kept || page(event, place?.path);
}

async function takeOver(port) {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const isAlone = open.filter(({ url }) => url.startsWith(scope)).length < 2;
  port.postMessage(isAlone);
  if (isAlone) await self.skipWaiting();
}

self.addEventListener("install", (event) => {
  event.waitUntil(install());
  // Some browsers ask the server for a page, too, while they start this worker; here that would be for nothing.
  event.addRoutes?.({ condition: { urlPattern: new URLPattern({}) }, source: "fetch-event" });
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url, headers } = event.request;
  if (method !== "GET" || headers.has("range")) return;
  const place = placeOf(url, scope, FILES);
  if (place || mode === "navigate") event.respondWith(answered(event, place));
});
self.addEventListener("message", (event) => {
  if (event.data.do === "complete") event.waitUntil(site.complete().catch(() => {})); // the next visit goes on with it
  if (event.data.do === "take over") event.waitUntil(takeOver(event.ports[0]));
});
