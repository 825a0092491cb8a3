// The employer's rules, in general or to a situation: set apart from the article's advice, and without a grade.
import { el } from "./dom.js";

export function drawHouse(note) {
  if (!note) return null;
  return el(
    "div",
    { class: "ek-house", role: "note", "aria-label": note.title },
    el("p", { class: "ek-house-title" }, note.title),
    note.texts.map(({ text, lang }) => el("p", { lang }, text)),
    el("p", { class: "ek-hint" }, note.hint),
  );
}
