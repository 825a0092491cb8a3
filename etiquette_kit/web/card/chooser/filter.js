// A filter of a list: one value of it, or all.
import { el } from "../../shared/dom.js";
import { drawLabelled } from "./field.js";

export function drawFilter(card, { name, label, values }, choose) {
  const choices = [{ code: "", text: card.words("all") }, ...values].map(({ code, text }) => el("option", { value: code }, text));
  const select = el("select", { class: "ek-select" }, choices);
  select.addEventListener("change", () => choose(name, select.value));
  return { name, select, node: drawLabelled(card, name, label, select) };
}
