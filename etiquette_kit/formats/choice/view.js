// Choose one reaction: radio cards before the answer, afterwards every option with grade, reason and passages.
import { el, heading } from "../../widgets/front/dom.js";
import { drawFit, drawPassages } from "../../widgets/front/grade.js";

function drawOpen(card, page) {
  const { id, options } = page.question;
  const name = `ek-${card.line.name}-${id}`;
  const picked = card.picked.get(id);
  const choices = options.map(({ id: option, label }) => {
    const radio = el("input", { type: "radio", name, value: option, checked: option === picked });
    radio.addEventListener("change", () => card.picked.set(id, option));
    return el("label", { class: "ek-option" }, radio, el("span", {}, label));
  });
  return {
    nodes: [el("fieldset", { class: "ek-options" }, el("legend", {}, card.words("how")), choices)],
    respond: () => card.picked.get(id) ?? null,
  };
}

function drawKept(card, page) {
  const items = page.question.options.map(({ id, label }) => {
    const own = id === page.chosen;
    return el("li", { class: own ? "ek-kept ek-own" : "ek-kept" }, own ? el("p", { class: "ek-badge" }, card.words("yours")) : null, label);
  });
  const title = heading(3, page.chosen ? card.words("kept") : card.words("unanswered"), { class: "ek-summary" });
  return { nodes: [title, el("ul", { class: "ek-results" }, items)], focus: title };
}

function drawRevealed(card, page, feedback) {
  const items = page.question.options.map(({ id, label }) => {
    const option = feedback.options[id];
    const own = id === feedback.chosen;
    return el(
      "li",
      { class: own ? "ek-result ek-own" : "ek-result", "data-grade": option.grade },
      el(
        "p",
        { class: "ek-verdict" },
        drawFit(option.grade),
        el("strong", {}, option.verdict),
        own ? el("span", { class: "ek-badge" }, card.words("yours")) : null,
      ),
      el("p", { class: "ek-label" }, label),
      el("p", {}, el("span", { class: "ek-runin" }, card.words("other_side")), option.feedback),
      el("p", {}, el("span", { class: "ek-runin" }, card.words("why")), option.reason),
      drawPassages(card, option, feedback.passages),
    );
  });
  const title = heading(3, feedback.summary, { class: "ek-summary" });
  return { nodes: [title, el("ul", { class: "ek-results" }, items)], focus: title };
}

export function choice(card, page) {
  const feedback = card.model.get("feedback");
  if (page.revealed) return drawRevealed(card, page, feedback);
  return page.open ? drawOpen(card, page) : drawKept(card, page);
}
