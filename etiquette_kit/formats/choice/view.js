// Choose one reaction: radio cards before the answer. Afterwards the message comes first: how one's own answer fits, what fits best and
// why; then one's own reaction; the others are a line each, to unfold.
import { drawKeptTitle } from "../../web/shared/answer_parts.js";
import { el, heading } from "../../web/shared/dom.js";
import { drawFit, drawPassages, drawSource, drawTag } from "../../web/shared/grade.js";

function drawOpen(card, page) {
  const { id, options } = page.question;
  const name = `ek-${card.name}-${id}`;
  const picked = card.picked.get(id);
  const missing = el("p", { class: "ek-missing", id: `${name}-missing`, role: "status", "aria-live": "polite" });
  const radios = options.map(({ id: option }) => {
    const radio = el("input", { type: "radio", name, value: option, checked: option === picked });
    radio.addEventListener("change", () => {
      card.picked.set(id, option);
      missing.textContent = "";
    });
    return radio;
  });
  const choices = options.map(({ label }, place) => el("label", { class: "ek-option" }, radios[place], el("span", {}, label)));
  const described = { class: "ek-options", "aria-describedby": `${name}-missing` };
  return {
    nodes: [el("fieldset", described, el("legend", {}, card.words("how")), missing, choices)],
    respond: () => card.picked.get(id) ?? null,
    askForOne: () => {
      missing.textContent = card.words("pick");
      radios[0].focus({ preventScroll: true });
      missing.scrollIntoView({ block: "nearest" });
    },
  };
}

function drawKept(card, page) {
  const items = page.question.options.map(({ id, label }) => {
    const own = id === page.chosen;
    return el("li", { class: own ? "ek-kept ek-own" : "ek-kept" }, own ? el("p", { class: "ek-badge" }, card.words("yours")) : null, label);
  });
  const title = drawKeptTitle(card, page);
  return { nodes: [title, el("ul", { class: "ek-results" }, items)], focus: title };
}

function drawWhy(card, option) {
  return [
    el("p", {}, el("span", { class: "ek-runin" }, card.words("other_side")), option.feedback),
    el("p", {}, el("span", { class: "ek-runin" }, card.words("why")), option.reason),
  ];
}

function drawMessage({ options, chosen, grade, summary, best = "", why }, title) {
  const reason = options[why].reason;
  const lines = why === chosen ? [reason, best] : [best, reason];
  return el(
    "div",
    { class: "ek-message", "data-grade": grade },
    title,
    lines.filter(Boolean).map((line) => el("p", { class: line === best ? "ek-best" : null }, line)),
  );
}

function drawOwn(card, label, option, { chosen, why, passages }) {
  const said = drawWhy(card, option);
  return el(
    "div",
    { class: "ek-result ek-own", "data-grade": option.grade },
    el("p", { class: "ek-badge" }, card.words("yours")),
    el("p", { class: "ek-label" }, label),
    chosen === why ? said[0] : said, // what stands above is not said again
    drawSource(option, passages),
  );
}

function drawOther(card, label, option, { passages }) {
  return el(
    "li",
    { class: "ek-result", "data-grade": option.grade },
    el(
      "details",
      { class: "ek-other" },
      el("summary", {}, el("span", { class: "ek-verdict" }, drawFit(option.grade), el("strong", {}, option.verdict)), el("span", { class: "ek-label" }, label)),
      drawTag(option),
      drawWhy(card, option),
      el("p", { class: "ek-runin" }, option.source),
      drawPassages(option, passages),
    ),
  );
}

function drawRevealed(card, page, feedback) {
  const own = feedback.options[feedback.chosen];
  const labels = Object.fromEntries(page.question.options.map(({ id, label }) => [id, label]));
  const others = page.question.options.filter(({ id }) => id !== feedback.chosen);
  const title = heading(3, "", { class: "ek-summary" });
  title.append(drawFit(own.grade), el("span", {}, feedback.summary), " ", drawTag(own) ?? "");
  return {
    nodes: [drawMessage(feedback, title), drawOwn(card, labels[feedback.chosen], own, feedback)],
    rest: [
      heading(3, card.words("others")),
      el("ul", { class: "ek-results" }, others.map(({ id, label }) => drawOther(card, label, feedback.options[id], feedback))),
    ],
    focus: title,
  };
}

export function choice(card, page) {
  const feedback = card.model.get("feedback");
  if (page.revealed) return drawRevealed(card, page, feedback);
  return page.open ? drawOpen(card, page) : drawKept(card, page);
}
