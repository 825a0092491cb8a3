// A situation: the person, the place and the stem, and its reactions by letter.
import { el } from "./dom.js";

export function drawPerson(question) {
  return el(
    "div",
    { class: "room-person" },
    el("span", { class: "room-avatar", "aria-hidden": "true" }, question.initials),
    el("div", {}, el("p", { class: "room-name" }, question.person), el("p", { class: "room-role" }, question.role)),
    el("p", { class: "room-occasion" }, question.occasion),
  );
}

export function drawStem(question) {
  const parts = question.stem.map(({ text, quote }) =>
    quote ? el("blockquote", { class: "room-quote" }, el("p", {}, text)) : el("p", {}, text),
  );
  return el("div", { class: "room-stem" }, parts);
}

export function drawLetter(letter) {
  return el("span", { class: "room-letter", "data-letter": letter }, letter);
}

export function drawReactions(question, letters) {
  const items = question.options.map(({ label }, index) => el("li", { class: "room-reaction" }, drawLetter(letters[index]), el("span", {}, label)));
  return el("ul", { class: "room-reactions" }, items);
}
