// The end: the handout, what is left to do in the room, and how many hands were at what fits best before and after talking.
import { button } from "../../shared/controls.js";
import { el, heading } from "../../shared/dom.js";
import { drawTakeHome } from "../../shared/take_home.js";
import { drawFoot } from "./foot.js";
import { drawSheets } from "./sheets.js";

function drawHelp(help) {
  const lines = help.checklist.map((line) => el("li", {}, line));
  const models = help.models.map((model) => el("blockquote.ek-quote", {}, el("p", {}, model)));
  return el("div.ek-writing", {}, el("div", {}, el("h4", {}, help.checklist_title), el("ul.ek-checks", {}, lines)), el("div", {}, el("h4", {}, help.models_title), models));
}

function drawTask({ title, texts, help }) {
  const told = texts.length > 1 ? el("ol", {}, texts.map((text) => el("li", {}, text))) : el("p", {}, texts[0]);
  return el(help ? "div.ek-talk.ek-wide" : "div.ek-talk", {}, heading(3, title), told, help ? drawHelp(help) : null);
}

function drawRows(card, page) {
  const rows = page.rows.map(({ title, first, second, change }) =>
    el("tr", {}, el("th", { scope: "row" }, title), [first, second, change].map((figure) => el("td", {}, figure))),
  );
  const head = [card.words("situation"), card.words("first"), card.words("second"), card.words("change")].map((text) => el("th", { scope: "col" }, text));
  return el("table", { class: "ek-table" }, el("caption", {}, page.caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

export function summaryPage(card, page) {
  const title = heading(2, page.title);
  const back = button(card.words("back"), () => card.ask({ do: "back", position: page.position }));
  const nodes = [
    title,
    el("p", { class: "ek-lead" }, page.lead),
    drawSheets(card, true),
    el("div", { class: "ek-tasks" }, page.tasks.map(drawTask)),
    page.rows.length ? drawRows(card, page) : null,
    el("p", { class: "ek-hint" }, page.figures),
    el("p", { class: "ek-hint" }, page.source),
    page.take_home ? drawTakeHome(page.take_home, 3) : null,
    drawFoot(card, page, [], [back]),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
