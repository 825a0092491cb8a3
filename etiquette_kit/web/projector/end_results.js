// The end: how many were at what fits best, before and after talking, situation by situation.
import { el, heading } from "../shared/dom.js";

export function drawRows({ caption, rows }, words) {
  const lines = rows.map(([title, ...figures]) => el("tr", {}, el("th", { scope: "row" }, title), figures.map((figure) => el("td", {}, figure))));
  const head = [words.situation, words.first, words.second, words.change].map((text) => el("th", { scope: "col" }, text));
  return el("table", { class: "room-table" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines));
}

export function drawEnd(end, words) {
  return [
    heading(1, end.title),
    el("p", { class: "room-lead" }, end.lead),
    end.rows.length ? drawRows(end, words) : null,
    el("p", { class: "room-hint" }, end.figures),
  ].filter(Boolean);
}
