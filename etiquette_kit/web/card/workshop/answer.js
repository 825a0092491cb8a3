// The answer to a situation: all reactions at a glance, then why, one by one.
import { el, heading } from "../../shared/dom.js";
import { drawSource } from "../../shared/grade.js";
import { drawVerdict, drawVotes } from "../../shared/verdict.js";

function drawFigures(votes, fields) {
  if (fields) return el("div", { class: "ek-fields" }, fields);
  return votes.length ? drawVotes(votes.map(({ which, name, share, text }) => [which, name, share, text])) : null;
}

// With the fields in the place of the bars while the numbers are corrected.
export function drawOverview(card, page, fields) {
  const { revealed } = page;
  const lines = page.question.options.map(({ id, label }, index) => {
    const letter = page.letters[index];
    return el(
      "li",
      { class: "ek-result ek-at-a-glance", "data-grade": revealed.options[id].grade },
      el("div", { class: "ek-reaction" }, drawVerdict(revealed, id, letter), el("p", { class: "ek-label" }, label)),
      drawFigures(revealed.votes[id], fields && fields.of(id, letter)),
    );
  });
  return el("ol", { class: "ek-results ek-overview" }, lines);
}

export function drawReasons(card, page) {
  const { revealed } = page;
  const items = page.question.options.map(({ id, label }, index) => {
    const option = revealed.options[id];
    return el(
      "li",
      { class: "ek-result ek-reasoned", "data-grade": option.grade },
      drawVerdict(revealed, id, page.letters[index]),
      el("p", { class: "ek-label" }, label),
      el("p", {}, el("span", { class: "ek-runin" }, card.words("other_side")), option.feedback),
      el("p", {}, el("span", { class: "ek-runin" }, card.words("why")), option.reason),
      drawSource(option, revealed.passages),
    );
  });
  return [heading(3, card.words("by_reaction")), el("ul", { class: "ek-results" }, items)];
}
