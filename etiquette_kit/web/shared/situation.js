// A situation: the person, what happened where, and the stem; and the letter that stands for a reaction.
import { el } from "./dom.js";

// The initials come with the question: one rule makes them for every page.
export function drawIdentity({ initials, person, role }) {
  return [el("span.ek-avatar", { "aria-hidden": "true" }, initials), el("div", {}, el("p.ek-name", {}, person), el("p.ek-role", {}, role))];
}

export function drawPerson(question) {
  return el("div.ek-person", {}, drawIdentity(question), el("p.ek-occasion", {}, question.occasion));
}

export function drawStem({ stem }) {
  const parts = stem.map(({ text, quote }) => (quote ? el("blockquote.ek-quote", {}, el("p", {}, text)) : el("p", {}, text)));
  return el("div.ek-stem", {}, parts);
}

export function drawLetter(letter, attributes = {}) {
  return el("span.ek-letter", attributes, letter);
}
