// The employer's rules to a situation: set apart from the article's advice, and without a grade.
import { el } from "./dom.js";

export function drawHouse(note) {
  if (!note) return null;
  return el(
    "div",
    { class: "room-house", role: "note", "aria-label": note.title },
    el("p", { class: "room-house-title" }, note.title),
    note.texts.map(({ text, lang }) => el("p", { lang }, text)),
  );
}
