// The end: how well the hands fitted the article before and after talking, and the handout.
import { button, el, heading } from "../dom.js";
import { drawSheets } from "./sheets.js";

function drawRows(card, page) {
  const rows = page.rows.map(([title, ...figures]) => el("tr", {}, el("th", { scope: "row" }, title), figures.map((figure) => el("td", {}, figure))));
  const head = [card.words("situation"), card.words("first"), card.words("second"), card.words("change")].map((text) => el("th", { scope: "col" }, text));
  return el("table", { class: "ek-table" }, el("caption", {}, page.caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

export function summaryPage(card, page) {
  const title = heading(2, page.title);
  const nodes = [
    title,
    el("p", { class: "ek-lead" }, page.lead),
    page.rows.length ? drawRows(card, page) : null,
    drawSheets(card),
    el("div", { class: "ek-actions" }, button(card.words("back"), () => card.ask({ do: "back", position: page.position }))),
    el("p", { class: "ek-hint" }, page.source),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
