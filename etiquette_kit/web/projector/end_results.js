// The end: situation by situation what fits best and the rule behind it, and how many were there before and after talking.
import { el, heading } from "../shared/dom.js";

export function drawRows({ caption, rows, learned }, words) {
  const lines = rows.map(([title, ...figures], index) => {
    const { best, rule } = learned[index];
    const name = el("th", { scope: "row" }, title, el("p", { class: "room-best" }, best), el("p", { class: "room-rule" }, rule));
    return el("tr", {}, name, figures.map((figure) => el("td", {}, figure)));
  });
  const head = [words.situation, words.first, words.second, words.change].map((text) => el("th", { scope: "col" }, text));
  return el("table", { class: "room-table room-learned" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines));
}

export function drawMoved({ moved }) {
  return moved ? el("p", { class: "room-moved" }, moved) : null;
}

export function drawEnd(end, words) {
  return [
    heading(1, end.title),
    el("p", { class: "room-lead" }, end.lead),
    drawMoved(end),
    end.rows.length ? drawRows(end, words) : null,
    el("p", { class: "room-hint" }, end.figures),
  ].filter(Boolean);
}
