// Building elements. Text from data only ever becomes a text node, never markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

// Fill {name} in a text of the locale.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A heading that can take the focus, so that a screen reader starts reading there.
export function heading(level, text, attributes = {}) {
  return el(`h${level}`, { tabindex: -1, ...attributes }, text);
}

export function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", class: "ek-button", onclick, ...attributes }, text);
}
