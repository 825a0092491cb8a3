// A field below its label.
import { el } from "../../shared/dom.js";

export function drawLabelled(card, name, text, control) {
  control.setAttribute("id", `ek-${card.name}-${name}`);
  return el("div", { class: "ek-filter" }, el("label", { for: `ek-${card.name}-${name}` }, text), control);
}
