// What somebody else has changed meanwhile, beside one's own; and what another page has written in the same situation.
import { button } from "../../shared/controls.js";
import { el, heading } from "../../shared/dom.js";

export function drawClash(card, { clash }, ask) {
  if (!clash) return [];
  const suffix = clash.gone ? "_gone" : "";
  const choose = (keep, more) => button(card.words(`${keep}${suffix}`), () => ask({ do: "settle", keep }), { "data-control": keep, ...more });
  const rows = clash.differences.map(({ label, mine, theirs }) =>
    el(
      "div",
      { class: "ek-difference" },
      el("p", { class: "ek-runin" }, label),
      el("div", {}, el("p", { class: "ek-field-hint" }, card.words("my_version")), el("p", { class: "ek-version" }, mine)),
      el("div", {}, el("p", { class: "ek-field-hint" }, card.words("their_version")), el("p", { class: "ek-version" }, theirs)),
    ),
  );
  const actions = el("div", { class: "ek-actions" }, choose("mine", { class: "ek-button ek-primary" }), choose("theirs", {}));
  return [el("section", { class: "ek-clash", role: "alert" }, heading(3, clash.text), rows, actions)];
}

export function drawOthers(card, { others }, ask) {
  return others.map(({ name, text }) =>
    el("div", { class: "ek-clash" }, el("p", {}, text), button(card.words("take_over"), () => ask({ do: "take_over", name }), { "data-control": `take-${name}` })),
  );
}
