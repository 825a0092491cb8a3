// A question with a few answers of which one is chosen, and the field for a remark.
import { el } from "../shared/dom.js";

const SHORT = 40; // characters; longer answers stand below each other

function drawValue({ name, index, text }, choose) {
  const id = `${name}-${index}`;
  const radio = el("input", { type: "radio", name, id, onchange: choose });
  return { radio, label: el("label.trial-value", { for: id }, radio, el("span", {}, text)) };
}

// values: pairs of a value and its words. choose: called with the value, and with null when the answer is taken back.
export function drawChoice({ words, name, legend, values, chosen, hint }, choose) {
  const hintId = `${name}-hint`;
  const rows = values.map(([value, text], index) => {
    return { value, ...drawValue({ name, index, text }, () => take(value)) };
  });
  const undo = drawButton(words.take_back, () => {
    take(null);
    rows[0].radio.focus();
  });
  undo.className = "trial-undo";
  const show = (value) => {
    for (const row of rows) {
      row.radio.checked = row.value === value;
      row.label.classList.toggle("trial-chosen", row.radio.checked);
    }
    undo.hidden = !rows.some(({ radio }) => radio.checked);
  };
  function take(value) {
    show(value);
    choose(value);
  }
  show(chosen);
  const told = hint ? el("p", { id: hintId }, hint) : null;
  const tag = values.some(([, text]) => text.length > SHORT) ? "fieldset.trial-choice.trial-wide" : "fieldset.trial-choice";
  const boxes = el("div.trial-values", {}, rows.map(({ label }) => label));
  return el(tag, { "aria-describedby": hint ? hintId : null }, el("legend", {}, legend), told, boxes, undo);
}

export function drawRemark({ words, limit }, text, write) {
  const field = el("textarea", { id: "remark", rows: 3, maxlength: limit, "aria-describedby": "remark-hint", oninput: () => write(field.value) });
  field.value = text;
  return el("div.trial-remark", {}, el("label", { for: "remark" }, words.remark), el("p", { id: "remark-hint" }, words.remark_hint), field);
}

export function drawButton(text, onclick, attributes = {}) {
  return el("button.ek-button", { type: "button", onclick, ...attributes }, text);
}
