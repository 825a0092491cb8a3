// The end: what to do differently, what to look at again, and the ways on; the figures come after.
import { button } from "../shared/controls.js";
import { el, fill, heading } from "../shared/dom.js";
import { drawMeter } from "../shared/grade.js";
import { printPage } from "./print.js";

function drawGroup(card, caption, rows) {
  const lines = rows.map(({ name, credit, fit, answered, bar }) => {
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, el("span", { class: "ek-group" }, el("span", {}, name), bar ? drawMeter(credit) : null)),
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
      item.about ? el("p", { class: "ek-hint" }, item.about) : null,
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

function drawAdvice(card, { patterns, rules, refusal }) {
  const list = (lines) => el("ul", { class: "ek-points" }, lines.map((line) => el("li", {}, line)));
  return [
    ...(patterns.length ? [heading(3, card.words("differently")), ...patterns.map((line) => el("p", { class: "ek-lead" }, line))] : []),
    heading(3, card.words("takeaways")),
    list(rules),
    heading(3, card.words("refusal")),
    el("blockquote", { class: "ek-quote" }, el("p", {}, refusal)),
  ];
}

export function endPage(card, page, way) {
  const title = heading(2, page.title);
  const again = page.items.filter((item) => item.again);
  const rest = page.items.filter((item) => !item.again);
  const go = (action) => () => card.ask({ do: action, round: page.round });
  const nodes = [
    title,
    page.open ? el("p", { class: "ek-note" }, page.open) : null,
    ...drawAdvice(card, page),
    ...drawList(card, page, card.words("again"), again),
    el(
      "div",
      { class: "ek-actions" },
      again.length ? button(card.words("repeat"), go("repeat"), { class: "ek-button ek-primary" }) : null,
      button(card.words("restart"), go("restart"), { class: again.length ? "ek-button" : "ek-button ek-primary" }),
      button(card.words("print"), () => printPage(card)),
      way || null,
    ),
    ...drawList(card, page, card.words("fits"), rest),
    heading(3, card.words("figures")),
    el("p", { class: "ek-result-line" }, page.result),
    drawGroup(card, card.words("by_relation"), page.by_relation),
    drawGroup(card, card.words("by_theme"), page.by_theme),
    el("p", { class: "ek-hint" }, page.source),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
