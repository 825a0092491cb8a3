// How a grade looks: strokes beside its words, a star where nothing fits better, what it rests on, and the passages.
import { el } from "./dom.js";
import { drawLetter } from "./situation.js";

// Four strokes, as many of them filled as the reaction fits the article.
export function drawFit(grade) {
  const strokes = [1, 2, 3, 4].map((step) => el("span", { class: step <= grade ? "room-on" : "room-off" }));
  return el("span", { class: "room-fit", "aria-hidden": "true" }, strokes);
}

export function drawVerdict(revealed, id, letter) {
  const { grade, verdict, tag } = revealed.options[id];
  const star = revealed.best.includes(id) ? " ★" : "";
  return el("p", { class: "room-verdict" }, drawLetter(letter), drawFit(grade), el("strong", {}, verdict + star), el("span", { class: "room-tag" }, tag));
}

export function drawPassages(revealed, id, words) {
  const entries = revealed.options[id].passages.map((passage) => {
    const { text, source } = revealed.passages[passage];
    return el("div", {}, el("dt", {}, source), el("dd", {}, text));
  });
  return el("dl", { class: "room-passages" }, entries);
}
