// The answer to a situation: all reactions at a glance, then why, one by one.
import { el, heading } from "../dom.js";
import { drawFit, drawPassages, drawTag } from "../grade.js";

export function drawLetter(letter) {
  return el("span", { class: "ek-letter", "aria-hidden": "true" }, letter);
}

function drawVotes(votes) {
  return votes.map(({ which, name, share, text }) => {
    const level = el("span", { class: "ek-level" });
    if (share !== null) level.style.inlineSize = `${100 * share}%`;
    return el(
      "p",
      { class: `ek-vote ek-vote-${which}` },
      el("span", { class: "ek-vote-name" }, name),
      share === null ? null : el("span", { class: "ek-meter", "aria-hidden": "true" }, level),
      el("span", { class: "ek-vote-text" }, text),
    );
  });
}

function drawVerdict(page, id, letter) {
  const option = page.revealed.options[id];
  const star = page.revealed.best.includes(id) ? " ★" : "";
  return el("p", { class: "ek-verdict" }, el("span", { class: "ek-letter" }, letter), drawFit(option.grade), el("strong", {}, option.verdict + star), drawTag(option));
}

// With the fields in the place of the bars while the numbers are corrected.
export function drawOverview(card, page, fields) {
  const { revealed } = page;
  const lines = page.question.options.map(({ id, label }, index) => {
    const letter = page.letters[index];
    const votes = fields ? fields.of(id, letter) : drawVotes(revealed.votes[id]);
    return el(
      "li",
      { class: "ek-result ek-at-a-glance", "data-grade": revealed.options[id].grade },
      el("div", { class: "ek-reaction" }, drawVerdict(page, id, letter), el("p", { class: "ek-label" }, label)),
      votes.length ? el("div", { class: fields ? "ek-fields" : "ek-votes" }, votes) : null,
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
      drawVerdict(page, id, page.letters[index]),
      el("p", { class: "ek-label" }, label),
      el("p", {}, el("span", { class: "ek-runin" }, card.words("other_side")), option.feedback),
      el("p", {}, el("span", { class: "ek-runin" }, card.words("why")), option.reason),
      drawPassages(card, option, revealed.passages),
    );
  });
  return [heading(3, card.words("by_reaction")), el("ul", { class: "ek-results" }, items)];
}
