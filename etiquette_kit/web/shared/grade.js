// How a grade looks: strokes, or a bar where it is a share; the tag that says what it rests on, and the passages.
import { el } from "./dom.js";

// Four strokes, each higher than the one before, as many of them filled as the reaction fits the article.
export function drawFit(grade) {
  const strokes = [1, 2, 3, 4].map((step) => {
    const stroke = el(step <= grade ? "span.ek-on" : "span.ek-off");
    stroke.style.blockSize = `${0.2 + 0.25 * step}em`;
    return stroke;
  });
  return el("span.ek-fit", { "aria-hidden": "true" }, strokes);
}

export function drawMeter(share) {
  const level = el("span.ek-level");
  level.style.inlineSize = `${100 * share}%`;
  return el("span.ek-meter", { "aria-hidden": "true" }, level);
}

export function drawTag({ tag }) {
  return tag ? el("span.ek-tag", {}, tag) : null;
}

export function drawPassages({ passages: ids }, passages) {
  const entries = ids.map((id) => el("div", {}, el("dt", {}, passages[id].source), el("dd", {}, passages[id].text)));
  return el("dl.ek-passages", {}, entries);
}

// Where the advice stands in the article, to unfold.
export function drawSource(option, passages) {
  return el("details.ek-source", {}, el("summary", {}, option.source), drawPassages(option, passages));
}
