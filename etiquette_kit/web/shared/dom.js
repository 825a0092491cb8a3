// Building elements. Text from data only ever becomes a text node, never markup.

const isNothing = (value) => value === null || value === undefined || value === false;

export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split("."); // p.muted is a p of the class muted
  const node = document.createElement(tag);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) {
    if (isNothing(value)) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(2).filter((child) => !isNothing(child)));
  return node;
}

// A heading that can take the focus, so that a screen reader starts reading there.
export function heading(level, text, attributes = {}) {
  return el(`h${level}`, { tabindex: -1, ...attributes }, text);
}

// Fill {name} in a text of the locale.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Write only what is new, and tell whether it is: what is not is neither laid out nor read again.
export function put(node, text) {
  if (node.textContent === text) return false;
  node.textContent = text;
  return true;
}
