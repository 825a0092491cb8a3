// What the article says, in our own words.
import { el } from "../shared/dom.js";

export function drawArticle({ passages, source }) {
  const entries = passages.map(({ text, source: place }) => el("li", {}, text, " ", el("span.trial-place", {}, `(${place})`)));
  return [el("ul.trial-passages", {}, entries), el("p.trial-hint", {}, source)];
}

// At a situation it is there to unfold.
export function drawFoldedArticle(form) {
  return el("details.trial-article", {}, el("summary", {}, form.words.article), drawArticle(form));
}
