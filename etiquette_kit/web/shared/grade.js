// How a grade looks: strokes beside its words, a star where nothing fits better, what it rests on, and the passages.
import { el } from "./dom.js";
import { drawLetter } from "./situation.js";

// Four strokes, each higher than the one before, as many of them filled as the reaction fits the article.
export function drawFit(grade) {
  const strokes = [1, 2, 3, 4].map((step) => {
    const stroke = el(step <= grade ? "span.ek-on" : "span.ek-off");
    stroke.style.blockSize = `${0.2 + 0.25 * step}em`;
    return stroke;
  });
  return el("span.ek-fit", { "aria-hidden": "true" }, strokes);
}

export function drawTag({ tag }) {
  return tag ? el("span.ek-tag", {}, tag) : null;
}

export function drawVerdict({ options, best }, id, letter) {
  const option = options[id];
  const verdict = best.includes(id) ? `${option.verdict} ★` : option.verdict;
  return el("p.ek-verdict", {}, drawLetter(letter), drawFit(option.grade), el("strong", {}, verdict), drawTag(option));
}

export function drawPassages({ passages: ids }, passages) {
  const entries = ids.map((id) => el("div", {}, el("dt", {}, passages[id].source), el("dd", {}, passages[id].text)));
  return el("dl.ek-passages", {}, entries);
}

// Where the advice stands in the article, to unfold.
export function drawSource(option, passages) {
  return el("details.ek-source", {}, el("summary", {}, option.source), drawPassages(option, passages));
}
