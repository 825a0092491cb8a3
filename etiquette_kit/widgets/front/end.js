// The end: credit overall, by relation and by theme, what to look at again, and the ways on.
import { button, el, fill, heading } from "./dom.js";
import { printPage } from "./print.js";

function drawGroup(card, caption, rows) {
  const lines = rows.map(({ name, credit, fit, answered }) => {
    const meter = el("span", { class: "ek-meter", "aria-hidden": "true" });
    const level = el("span", { class: "ek-level" });
    level.style.inlineSize = `${100 * (credit ?? 0)}%`;
    meter.append(level);
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, el("span", { class: "ek-group" }, el("span", {}, name), meter)),
      el("td", {}, fit),
      el("td", {}, answered),
    );
  });
  const head = ["group", "credit", "answered"].map((key) => el("th", { scope: "col" }, card.words(`table.${key}`)));
  return el("table", { class: "ek-table" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, lines));
}

function drawItem(card, page, item) {
  const look = item.seen
    ? button(card.words("look"), () => card.ask({ do: "show", position: item.position, round: page.round }), {
        class: "ek-button ek-small",
        "aria-label": fill(card.words("look_at"), { title: item.title }),
      })
    : null;
  return el(
    "li",
    { class: "ek-item" },
    el(
      "div",
      {},
      el("p", { class: "ek-item-title" }, item.title),
      el("p", {}, item.yours),
      item.best ? el("p", {}, item.best) : null,
    ),
    look,
  );
}

function drawList(card, page, title, items) {
  if (!items.length) return [];
  return [heading(3, title), el("ul", { class: "ek-items" }, items.map((item) => drawItem(card, page, item)))];
}

export function endPage(card, page) {
  const title = heading(2, page.title);
  const again = page.items.filter((item) => item.again);
  const rest = page.items.filter((item) => !item.again);
  const go = (action) => () => card.ask({ do: action, round: page.round });
  const nodes = [
    title,
    el("p", { class: "ek-lead" }, page.result),
    page.open ? el("p", { class: "ek-note" }, page.open) : null,
    drawGroup(card, card.words("by_relation"), page.by_relation),
    drawGroup(card, card.words("by_theme"), page.by_theme),
    ...drawList(card, page, card.words("again"), again),
    ...drawList(card, page, card.words("fits"), rest),
    el("p", { class: "ek-hint" }, page.source),
    el(
      "div",
      { class: "ek-actions" },
      again.length ? button(card.words("repeat"), go("repeat"), { class: "ek-button ek-primary" }) : null,
      button(card.words("restart"), go("restart"), { class: again.length ? "ek-button" : "ek-button ek-primary" }),
      button(card.words("print"), () => printPage(card)),
    ),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
