// Buttons, the switch of languages, and drawing a part of a page anew without taking the focus from its controls.
import { el } from "./dom.js";

export function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", class: "ek-button", onclick, ...attributes }, text);
}

// languages: pairs of a code and a name, each in its own language.
export function drawLanguages(languages, { lang, label }, choose) {
  const choices = languages.map(([code, name]) =>
    button(name, () => choose(code), { class: "ek-button ek-language", lang: code, "aria-pressed": String(code === lang), "data-control": code }),
  );
  return el("div", { class: "ek-languages", role: "group", "aria-label": label }, choices);
}

// Put other nodes into a part of the page; who was on one of its controls is on the one of the same name then.
export function refill(part, nodes) {
  const held = part.contains(document.activeElement) ? document.activeElement.dataset.control : undefined;
  part.replaceChildren(...nodes.filter(Boolean));
  if (held) [...part.querySelectorAll("[data-control]")].find((node) => node.dataset.control === held)?.focus();
}
