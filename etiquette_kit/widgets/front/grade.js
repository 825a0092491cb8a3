// How a grade looks: strokes, and the passages it rests on.
import { el } from "./dom.js";

// Four strokes, as many of them filled as the reaction fits the article.
export function drawFit(grade) {
  const strokes = [1, 2, 3, 4].map((step) => el("span", { class: step <= grade ? "ek-on" : "ek-off" }));
  return el("span", { class: "ek-fit", "aria-hidden": "true" }, strokes);
}

export function drawPassages(card, { basis, passages: ids }, passages) {
  const entries = ids.map((id) => {
    const { text, source } = passages[id];
    return el("div", {}, el("dt", {}, `${id} · ${source}`), el("dd", {}, text));
  });
  return el(
    "details",
    { class: "ek-source" },
    el("summary", {}, `${card.words(`basis_short.${basis}`)} (${ids.join(", ")})`),
    el("p", {}, card.words(`basis.${basis}`)),
    el("dl", {}, entries),
  );
}
