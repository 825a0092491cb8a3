// Before the first situation: how much time there is, how it is spent, and the sheets to print.
import { button } from "../../shared/controls.js";
import { el, heading } from "../../shared/dom.js";
import { drawFoot } from "./foot.js";
import { drawSheets } from "./sheets.js";

function drawChoice(card, page) {
  const name = `ek-${card.name}-plan`;
  const choices = page.plans.map(({ minutes, text }) => {
    const radio = el("input", { type: "radio", name, value: minutes, checked: minutes === page.chosen });
    radio.addEventListener("change", () => card.ask({ do: "plan", minutes }));
    return el("label", { class: "ek-option" }, radio, el("span", {}, text));
  });
  return el("fieldset", { class: "ek-options ek-plans" }, el("legend", {}, card.words("plan")), choices);
}

function drawSteps(card, page) {
  const rows = page.steps.map(({ start, name, minutes }) => el("tr", {}, el("td", {}, String(start)), el("td", {}, name), el("td", {}, String(minutes))));
  const head = [card.words("from"), card.words("step"), card.words("minutes")].map((text) => el("th", { scope: "col" }, text));
  return el(
    "table",
    { class: "ek-table ek-steps" },
    el("caption", {}, page.caption),
    el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, rows),
  );
}

export function planPage(card, page) {
  card.picked.clear(); // what was typed belongs to a workshop that is over
  const held = card.main.contains(document.activeElement) && document.activeElement.type === "radio";
  const title = heading(2, page.title);
  const nodes = [
    title,
    el("p", { class: "ek-lead" }, page.lead),
    page.plans.length ? drawChoice(card, page) : null,
    page.steps.length ? drawSteps(card, page) : null,
    drawSheets(card),
    el("p", { class: "ek-hint" }, page.source),
    drawFoot(card, page, [button(card.words("begin"), () => card.ask({ do: "start" }), { class: "ek-button ek-primary" })]),
  ];
  if (held) queueMicrotask(() => card.main.querySelector(".ek-plans :checked")?.focus({ preventScroll: true }));
  return { nodes: nodes.filter(Boolean), focus: title };
}
