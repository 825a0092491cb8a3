// The sheets to print: the kernel writes them as HTML pages without scripts, the page offers to print or to save them.
import { button } from "../../shared/controls.js";
import { el } from "../../shared/dom.js";

const latest = new WeakMap(); // by model: the sheet that was asked for last, which a new drawing shows again

function print(url, title) {
  const frame = el("iframe", { class: "ek-print-frame", sandbox: "allow-same-origin allow-modals", title });
  frame.addEventListener("load", () => {
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  });
  frame.src = url;
  document.body.append(frame);
}

function drawLatest(model) {
  const sheet = latest.get(model);
  if (!sheet) return [];
  const words = model.get("words");
  const title = words[sheet.which];
  const save = el("a", { class: "ek-button", href: sheet.url, download: sheet.file }, words.save_sheet);
  return [el("p", {}, title), el("div", { class: "ek-actions" }, button(words.print_sheet, () => print(sheet.url, title)), save)];
}

// At the end, the handout comes first.
export function drawSheets(card, end = false) {
  const ask = (which) => () => card.ask({ do: "sheet", which });
  const choices = [button(card.words("run_sheet"), ask("run_sheet")), button(card.words("handout"), ask("handout"))];
  if (end) choices.reverse();
  const drawn = el("div", { class: "ek-sheet", role: "status" }, drawLatest(card.model));
  return el("div", { class: "ek-sheets" }, el("div", { class: "ek-actions" }, choices), drawn);
}

// A sheet comes beside the page, only when it was asked for.
export function keepSheets(model, host) {
  const forget = () => URL.revokeObjectURL(latest.get(model)?.url);
  const take = (message) => {
    if (!message?.sheet) return;
    forget();
    latest.set(model, { which: message.sheet, file: message.file, url: URL.createObjectURL(new Blob([message.html], { type: "text/html" })) });
    host.querySelector(".ek-sheet")?.replaceChildren(...drawLatest(model));
  };
  model.on("msg:custom", take);
  return () => {
    model.off("msg:custom", take);
    forget();
    latest.delete(model);
  };
}
