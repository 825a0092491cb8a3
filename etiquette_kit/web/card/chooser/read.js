// A situation to read: the person, the text and the reactions; the key only once it was asked for.
import { button } from "../../shared/controls.js";
import { el } from "../../shared/dom.js";
import { drawFit, drawSource, drawTag } from "../../shared/grade.js";
import { drawPerson, drawStem } from "../../shared/situation.js";

function drawReaction(card, { id, label }, key) {
  const option = key?.options[id];
  if (!option) return el("li", { class: "ek-kept" }, label);
  return el(
    "li",
    { class: "ek-result", "data-grade": option.grade },
    el("p", { class: "ek-verdict" }, drawFit(option.grade), el("strong", {}, option.verdict), drawTag(option)),
    el("p", { class: "ek-label" }, label),
    el("p", {}, el("span", { class: "ek-runin" }, card.words("other_side")), option.feedback),
    el("p", {}, el("span", { class: "ek-runin" }, card.words("why")), option.reason),
    drawSource(option, key.passages),
  );
}

export function drawRead(card, page) {
  const { question, pair, keyed } = page.read;
  const key = keyed ? card.model.get("feedback") : null;
  const show = () => card.ask({ do: "key", id: question.id, on: !keyed }, { own: false });
  return el(
    "div",
    { class: "ek-read" },
    drawPerson(question),
    drawStem(question),
    pair ? el("p", { class: "ek-hint" }, pair) : null,
    keyed ? el("div", { class: "ek-note" }, el("strong", {}, card.words("key")), " ", card.words("key_hint")) : null,
    el("ul", { class: "ek-results", "aria-label": card.words("reactions") }, question.options.map((option) => drawReaction(card, option, key))),
    button(keyed ? card.words("hide_key") : card.words("show_key"), show, { class: "ek-button ek-small", "aria-pressed": String(keyed), "data-control": `key-${question.id}` }),
  );
}
