// The sheets to print: the kernel writes them as HTML pages without scripts, the page offers to print or to save them.
import { button, el } from "../dom.js";

export function drawSheets(card, sheets) {
  const choices = sheets.map((which) => button(card.words(which), () => card.ask({ do: "sheet", which })));
  return el("div", { class: "ek-sheets" }, el("div", { class: "ek-actions" }, choices), el("div", { class: "ek-sheet", role: "status" }));
}

function print(url, title) {
  const frame = el("iframe", { class: "ek-print-frame", sandbox: "allow-same-origin allow-modals", title });
  frame.addEventListener("load", () => {
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  });
  frame.src = url;
  document.body.append(frame);
}

// A sheet comes beside the page, only when it was asked for.
export function keepSheets(model, host) {
  const urls = [];
  const words = (key) => model.get("words")[key];
  const take = (message) => {
    if (!message?.sheet) return;
    const url = URL.createObjectURL(new Blob([message.html], { type: "text/html" }));
    urls.push(url);
    const title = words(message.sheet);
    const save = el("a", { class: "ek-button", href: url, download: `${message.sheet}.html` }, words("save_sheet"));
    host.querySelector(".ek-sheet")?.replaceChildren(
      el("p", {}, title),
      el("div", { class: "ek-actions" }, button(words("print_sheet"), () => print(url, title)), save),
    );
  };
  model.on("msg:custom", take);
  return () => {
    model.off("msg:custom", take);
    for (const url of urls) URL.revokeObjectURL(url);
  };
}
