// Parts of a page that recur: buttons, headings, and a part that is drawn again only when what it shows is new.
import { el } from "./dom.js";

export function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", class: "room-button", onclick, ...attributes }, text);
}

// A heading that can take the focus, so that a screen reader starts reading there.
export function heading(level, text, attributes = {}) {
  return el(`h${level}`, { tabindex: -1, ...attributes }, text);
}

export function drawLanguages({ words, lang, languages }, choose) {
  const choices = languages.map(([code, name]) =>
    button(name, () => choose(code), { class: "room-button room-language", lang: code, "aria-pressed": String(code === lang), "data-control": code }),
  );
  return el("div", { class: "room-languages", role: "group", "aria-label": words.languages }, choices);
}

// Put other nodes into a part of the page; who was on one of its controls is on the one of the same name then.
export function refill(part, nodes) {
  const held = part.contains(document.activeElement) ? document.activeElement.dataset.control : undefined;
  part.replaceChildren(...nodes.filter(Boolean));
  if (held === undefined) return false;
  const target = [...part.querySelectorAll("[data-control]")].find((node) => node.dataset.control === held);
  if (target) target.focus();
  return !target;
}
