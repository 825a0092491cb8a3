// What somebody else has changed meanwhile, beside one's own; and what another page has written in the same situation.
import { button } from "../../shared/controls.js";
import { el, heading } from "../../shared/dom.js";

export function drawClash(card, { clash }, ask) {
  if (!clash) return [];
  const choose = (keep, text, more) => button(text, () => ask({ do: "settle", keep }), { "data-control": keep, ...more });
  const mine = clash.gone ? card.words("mine_gone") : card.words("mine");
  const theirs = clash.gone ? card.words("theirs_gone") : card.words("theirs");
  const rows = clash.differences.map((each) =>
    el(
      "div",
      { class: "ek-difference" },
      el("p", { class: "ek-runin" }, each.label),
      el("div", {}, el("p", { class: "ek-field-hint" }, card.words("my_version")), el("p", { class: "ek-version" }, each.mine)),
      el("div", {}, el("p", { class: "ek-field-hint" }, card.words("their_version")), el("p", { class: "ek-version" }, each.theirs)),
    ),
  );
  const actions = el("div", { class: "ek-actions" }, choose("mine", mine, { class: "ek-button ek-primary" }), choose("theirs", theirs, {}));
  return [el("section", { class: "ek-clash", role: "alert" }, heading(3, clash.text), rows, actions)];
}

export function drawOthers(card, { others }, ask) {
  return others.map(({ name, text }) =>
    el("div", { class: "ek-clash" }, el("p", {}, text), button(card.words("take_over"), () => ask({ do: "take_over", name }), { "data-control": `take-${name}` })),
  );
}
