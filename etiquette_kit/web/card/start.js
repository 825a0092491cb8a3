// Before the first question: what this is, how long it takes, and the way in; below, on whose advice, and what comes first.
import { button } from "../shared/controls.js";
import { el, heading } from "../shared/dom.js";
import { drawHouse } from "../shared/house.js";

export function drawFacts(facts) {
  return el(
    "dl",
    { class: "ek-facts" },
    facts.map(({ term, text }) => el("div", {}, el("dt", {}, term), el("dd", {}, text))),
  );
}

// The way into the quiz; where answers are collected, only after it was said what becomes of them.
function drawBeginning(card, consent) {
  const begin = (text, action, primary) =>
    button(text, () => card.ask({ do: "start", ...action }), { class: `ek-button${primary ? " ek-primary" : ""}` });
  if (!consent.title) return [el("div", { class: "ek-actions" }, begin(card.words("start"), {}, true))];
  return [
    heading(3, consent.title),
    drawFacts(consent.facts),
    el("div", { class: "ek-actions" }, begin(consent.agree, { agree: true }, true), begin(consent.decline, { agree: false }, false)),
  ];
}

export function startPage(card, page) {
  const title = heading(2, page.title);
  const nodes = [
    title,
    el("p", { class: "ek-lead" }, page.lead),
    el("p", { class: "ek-scope" }, page.scope),
    ...drawBeginning(card, page.consent),
    page.left_out ? el("p", { class: "ek-note" }, page.left_out) : null,
    drawHouse(page.house, { hint: true }),
    drawFacts(page.facts),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
