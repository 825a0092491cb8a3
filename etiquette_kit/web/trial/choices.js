// A question with a few answers of which one is chosen, and the field for a remark.
import { el } from "../shared/dom.js";

const SHORT = 40; // characters; longer answers stand below each other

// values: pairs of a value and its words.
export function drawChoice({ name, legend, values, chosen, hint }, choose) {
  const hintId = `${name}-hint`;
  const rows = values.map(([value, text], index) => {
    const id = `${name}-${index}`;
    const radio = el("input", { type: "radio", name, id, value, checked: value === chosen, onchange: () => choose(value) });
    return el("label.trial-value", { for: id }, radio, el("span", {}, text));
  });
  const told = hint ? el("p.trial-hint", { id: hintId }, hint) : null;
  const tag = values.some(([, text]) => text.length > SHORT) ? "fieldset.trial-choice.trial-wide" : "fieldset.trial-choice";
  return el(tag, { "aria-describedby": hint ? hintId : null }, el("legend", {}, legend), told, el("div.trial-values", {}, rows));
}

export function drawRemark({ words, limit }, text, write) {
  const field = el("textarea", { id: "remark", rows: 3, maxlength: limit, "aria-describedby": "remark-hint", oninput: () => write(field.value) });
  field.value = text;
  return el(
    "div.trial-remark",
    {},
    el("label", { for: "remark" }, words.remark),
    el("p.trial-hint", { id: "remark-hint" }, words.remark_hint),
    field,
  );
}

export function drawButton(text, onclick, attributes = {}) {
  return el("button.ek-button", { type: "button", onclick, ...attributes }, text);
}
