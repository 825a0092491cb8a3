// Answers taken along in a file: everything is downloaded here, and taken up there.
import { button, el, heading } from "./dom.js";

const LARGEST = 5e6; // bytes

async function takeUp(card, page, input) {
  const [file] = input.files;
  input.value = ""; // the same file can be chosen once more
  if (!file) return;
  if (file.size > LARGEST) card.say(page.words.too_large, true);
  else card.ask({ do: "mine_import", text: await file.text() });
}

export function drawAlong(card, page) {
  const input = el("input", { type: "file", accept: ".json,application/json", onchange: () => takeUp(card, page, input) });
  return [
    heading(3, page.words.along),
    el("p", {}, page.words.along_text),
    page.kept ? el("div", { class: "ek-actions" }, button(page.words.json, () => card.ask({ do: "mine_file", as: "json" }))) : null,
    el("div", { class: "ek-actions" }, el("label", { class: "ek-pick" }, page.words.pick, " ", input)),
  ];
}
