// Building elements. Text from data only ever becomes a text node, never markup.

export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split("."); // "p.muted" is a p of the class muted
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.flat(2).filter(Boolean));
  return node;
}

// Fill {name} in a text of the locale.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Write only what is new, and tell whether it is.
export function put(node, text) {
  if (node.textContent === text) return false;
  node.textContent = text;
  return true;
}
