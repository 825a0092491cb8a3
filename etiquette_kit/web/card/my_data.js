// My answers: where they lie, since when; to download, to take along, to delete, and to hand the computer over.
import { button } from "../shared/controls.js";
import { el, heading } from "../shared/dom.js";
import { changePerson } from "./learner_key.js";
import { moment } from "./save_status.js";
import { drawFacts } from "./start.js";

function drawCode(card, page) {
  const ask = button(page.words.code, () => card.ask({ do: "mine_code" }));
  const field = el("input", { class: "ek-input", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 40 });
  const take = (event) => {
    event.preventDefault();
    card.ask({ do: "mine_take", code: field.value });
  };
  return [
    heading(3, page.words.along),
    page.kept ? el("p", {}, page.words.along_text) : null,
    page.kept ? el("div", { class: "ek-actions" }, ask, page.code ? el("output", { class: "ek-code" }, page.code.replace(/(.{5})/, "$1-")) : null) : null,
    el(
      "form",
      { class: "ek-actions", onsubmit: take },
      el("label", {}, page.words.take_label, " ", field),
      el("button", { class: "ek-button" }, page.words.take),
    ),
  ];
}

function drawErase(card, page) {
  if (!page.kept) return [];
  const ask = (action) => () => card.ask({ do: action });
  return [
    heading(3, page.words.erase_title),
    el("p", {}, page.confirming ? page.words.erase_sure_text : page.words.erase_text),
    page.confirming
      ? el("div", { class: "ek-actions" }, button(page.words.erase_sure, ask("mine_erase_sure")), button(page.words.keep, ask("mine_stay")))
      : el("div", { class: "ek-actions" }, button(page.words.erase, ask("mine_erase"))),
  ];
}

export function myDataPage(card, page, along = drawCode) {
  const title = heading(2, page.title);
  const facts = page.since
    ? [...page.facts, { term: page.words.since, text: moment(page.since, card.model.get("lang")) }]
    : page.facts;
  const file = (kind) => button(page.words[kind], () => card.ask({ do: "mine_file", as: kind }));
  const nodes = [
    title,
    drawFacts(facts),
    page.kept ? el("div", { class: "ek-actions" }, file("csv"), along === drawCode ? file("json") : null) : null,
    ...along(card, page),
    heading(3, page.words.other),
    el("p", {}, page.words.other_text),
    el("div", { class: "ek-actions" }, button(page.words.other_button, changePerson)),
    ...drawErase(card, page),
    el("div", { class: "ek-actions" }, button(page.words.close, () => card.ask({ do: "mine_close" }), { class: "ek-button ek-primary" })),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
