// Building elements. Text from data only ever becomes a text node, never markup.

function attach(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return attach(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return attach(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

// Fill {name} in a text of the locale.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", class: "room-button", onclick, ...attributes }, text);
}

// A heading that can take the focus, so that a screen reader starts reading there.
export function heading(level, text, attributes = {}) {
  return el(`h${level}`, { tabindex: -1, ...attributes }, text);
}

// Write only what is new: a screen reader reads aloud whatever is written.
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
