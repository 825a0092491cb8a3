// What the article says, in our own words.
import { el } from "../shared/dom.js";

export function drawArticle({ passages, source }) {
  const entries = passages.map((text) => el("li", {}, text));
  return [el("ul.trial-passages", {}, entries), el("p.trial-source", {}, source)];
}

// At a situation it is there to unfold.
export function drawFoldedArticle(form) {
  return el("details.trial-article", {}, el("summary", {}, form.words.article), drawArticle(form));
}
