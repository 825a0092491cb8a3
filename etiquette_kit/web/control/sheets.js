// The sheets to print: the server writes them as HTML pages of their own, this page offers to print or to save them.
import { button } from "../shared/controls.js";
import { el } from "../shared/dom.js";

let latest = null; // the sheet that was asked for last

// A style that stands in a page is not allowed here; one that is made as an object is, where the browser knows that.
function apart(html) {
  const style = new CSSStyleSheet();
  const rest = html.replace(/<style>([^]*?)<\/style>/, (whole, text) => {
    style.replaceSync(text);
    return "";
  });
  return { sheet: new DOMParser().parseFromString(rest, "text/html"), style };
}

const canPrint = () => "adoptedStyleSheets" in Document.prototype && typeof window.print === "function";

// For as long as it is printed, the sheet takes the place of the page.
function print({ html, title }) {
  const { sheet: page, style } = apart(html);
  const own = [...document.body.children].map((node) => [node, node.hidden]);
  // A link that is disabled and enabled again loads its style sheet anew, which fails while the connection is away; a sheet does not.
  const styles = [...document.styleSheets];
  const before = { title: document.title, lang: document.documentElement.lang, adopted: [...document.adoptedStyleSheets] }; // a copy: the list itself changes with the page
  const paper = el("div", { class: "control-paper" });
  for (const node of page.body.childNodes) paper.append(document.importNode(node, true));
  const back = () => {
    paper.remove();
    document.adoptedStyleSheets = before.adopted;
    for (const [node, hidden] of own) node.hidden = hidden;
    for (const sheet of styles) sheet.disabled = false;
    document.title = before.title;
    document.documentElement.lang = before.lang;
  };
  for (const [node] of own) node.hidden = true;
  for (const sheet of styles) sheet.disabled = true;
  document.adoptedStyleSheets = [...before.adopted, style];
  document.title = page.title || title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.append(paper);
  addEventListener("afterprint", back, { once: true });
  window.print();
}

export function takeSheet({ sheet, html, file }) {
  if (latest) URL.revokeObjectURL(latest.url);
  latest = { which: sheet, html, file, url: URL.createObjectURL(new Blob([html], { type: "text/html" })) };
}

function drawLatest(words) {
  if (!latest) return null;
  const title = words[latest.which];
  const save = el("a", { class: "ek-button", href: latest.url, download: latest.file, "data-control": "save" }, words.save_sheet);
  const printed = canPrint() ? button(words.print_sheet, () => print({ ...latest, title }), { "data-control": "print" }) : null;
  return el("div", { class: "control-sheet" }, el("p", {}, title), el("div", { class: "control-others" }, printed, save));
}

export function drawSheets(words, names, send) {
  const choices = names.map((which) => button(words[which], () => send({ do: "sheet", which }), { "data-control": which }));
  return [el("div", { class: "control-others" }, choices), el("div", { role: "status" }, drawLatest(words))];
}
