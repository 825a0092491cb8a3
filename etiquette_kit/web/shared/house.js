// The employer's rules, in general or to a situation: set apart from the article's advice, and without a grade.
import { el } from "./dom.js";

// Hint: with how they stand to the article's advice.
export function drawHouse(note, { hint = false } = {}) {
  if (!note) return null;
  return el(
    "div.ek-house",
    { role: "note", "aria-label": note.title },
    el("p.ek-house-title", {}, note.title),
    note.texts.map(({ text, lang }) => el("p", { lang }, text)),
    hint ? el("p.ek-hint", {}, note.hint) : null,
  );
}
