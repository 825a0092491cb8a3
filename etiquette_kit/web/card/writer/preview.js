// The situation as the learner sees it: before the answer, and after the one that is chosen here. The format draws both, as in a quiz.
import { button } from "../../shared/controls.js";
import { el, heading } from "../../shared/dom.js";
import { drawPerson, drawStem } from "../../shared/situation.js";
import { drawLabelled } from "../chooser/field.js";

// What a format draws with: the card's words, but nothing of its messages.
function cardOf(card, part, feedback) {
  const model = { get: (name) => (name === "feedback" ? feedback : card.model.get(name)) };
  return Object.assign(Object.create(card), { name: `${card.name}-${part}`, picked: new Map(), model, focus: () => {}, ask: () => {} });
}

function drawBefore(card, question, choice) {
  const body = choice(cardOf(card, "before", null), { question, open: true, revealed: false });
  const nodes = [drawPerson(question), heading(4, question.title), drawStem(question), ...body.nodes];
  return el("div", { class: "ek-preview-part", "data-part": "before" }, el("p", { class: "ek-preview-name" }, card.words("before")), nodes);
}

function drawAfter(card, preview, { ask, show, choice }) {
  const feedback = card.model.get("feedback");
  if (preview.missing) return el("div", { class: "ek-preview-part" }, el("p", { class: "ek-hint" }, preview.missing));
  const { question, chosen } = preview;
  const select = el("select", { class: "ek-select", "data-control": "preview-option" }, question.options.map(({ id, label }) => el("option", { value: id }, label)));
  select.value = chosen;
  select.addEventListener("change", () => ask(show({ option: select.value })));
  const body = choice(cardOf(card, "after", feedback), { question, open: false, revealed: true, chosen });
  return el("div", { class: "ek-preview-part", "data-part": "after" }, drawLabelled(card, "preview-option", card.words("after"), select), heading(4, question.title), body.nodes, body.rest);
}

export function drawLearnersView(card, preview, { ask, choice }) {
  const { lang, languages, narrow, chosen, question } = preview;
  const show = (more) => ({ do: "preview", open: true, lang, narrow, option: chosen, ...more });
  const width = (value, text) => button(text, () => ask(show({ narrow: value })), { class: "ek-button ek-small", "aria-pressed": String(narrow === value), "data-control": `narrow-${value}` });
  const spoken = languages.length < 2 ? [] : languages.map(({ code, text }) => button(text, () => ask(show({ lang: code })), { class: "ek-button ek-small", lang: code, "aria-pressed": String(code === lang), "data-control": `preview-${code}` }));
  return el(
    "section",
    { class: narrow ? "ek-learner-view ek-narrow" : "ek-learner-view", "aria-label": card.words("preview") },
    el("div", { class: "ek-group-head" }, heading(3, card.words("preview")), el("div", { class: "ek-view-buttons" }, width(false, card.words("wide")), width(true, card.words("narrow")))),
    spoken.length ? el("div", { class: "ek-view-buttons", role: "group", "aria-label": card.words("preview_in") }, spoken) : null,
    el("div", { class: "ek-preview-parts", lang }, drawBefore(card, question, choice), drawAfter(card, preview, { ask, show, choice })),
  );
}
