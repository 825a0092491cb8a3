// Answers taken along in a file: everything is downloaded here, and taken up there.
import { button } from "../shared/controls.js";
import { el, heading } from "../shared/dom.js";

const LARGEST = 5e6; // bytes

async function takeUp(card, page, input) {
  const [file] = input.files;
  input.value = ""; // the same file can be chosen once more
  if (!file) return;
  if (file.size > LARGEST) card.say(page.words.too_large, true);
  else card.ask({ do: "mine_import", text: await file.text() });
}

export function drawAlong(card, page) {
  // The browser writes its own button in its own language; this one is in the page's.
  const input = el("input", { type: "file", hidden: true, accept: ".json,application/json", onchange: () => takeUp(card, page, input) });
  const file = page.kept ? button(page.words.json, () => card.ask({ do: "mine_file", as: "json" })) : null;
  return [
    heading(3, page.words.along),
    el("p", {}, page.words.along_text),
    el("div", { class: "ek-actions" }, file, button(page.words.pick, () => input.click()), input),
  ];
}
