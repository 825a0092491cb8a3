// How a grade looks: strokes, its words with the tag that says what it rests on, and the passages.
import { el } from "./dom.js";

// Four strokes, as many of them filled as the reaction fits the article.
export function drawFit(grade) {
  const strokes = [1, 2, 3, 4].map((step) => el("span", { class: step <= grade ? "ek-on" : "ek-off" }));
  return el("span", { class: "ek-fit", "aria-hidden": "true" }, strokes);
}

export function drawTag({ tag }) {
  return tag ? el("span", { class: "ek-tag" }, tag) : null;
}

export function drawPassageList({ passages: ids }, passages) {
  const entries = ids.map((id) => {
    const { text, source } = passages[id];
    return el("div", {}, el("dt", {}, source), el("dd", {}, text));
  });
  return el("dl", { class: "ek-passages" }, entries);
}

export function drawPassages(card, option, passages) {
  return el("details", { class: "ek-source" }, el("summary", {}, option.source), drawPassageList(option, passages));
}
