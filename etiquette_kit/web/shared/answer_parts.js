// What the formats draw alike around an answer.
import { el, heading } from "./dom.js";
import { drawMeter } from "./grade.js";

// How far a response agrees with the article, in words and as a bar.
export function drawAgreement({ fit, credit }) {
  return el("div.ek-agreement", {}, el("p", {}, fit), drawMeter(credit));
}

// The heading above a response that is kept without feedback, or above a question that was left out.
export function drawKeptTitle(card, { chosen }) {
  return heading(3, chosen ? card.words("kept") : card.words("unanswered"), { class: "ek-summary" });
}
