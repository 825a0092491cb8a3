// The confirmation of participation: a paper that shows the name as it is typed. The name stays in the page: no message has it.
import { button } from "../shared/controls.js";
import { el, fill, heading } from "../shared/dom.js";
import { saveFile } from "./files.js";
import { printPage } from "./print.js";

const PAGE = "@page { size: A4; margin: 25mm 20mm; }";

// The rules of the paper alone, as the browser has read them.
function paperStyle() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return [PAGE, ...rules.map((rule) => rule.cssText).filter((text) => text.startsWith(".ek-paper"))].join("\n");
}

// A page of its own; all of it is text of nodes, so that no name becomes markup.
function saved(page, paper, lang) {
  const made = document.implementation.createHTMLDocument(page.title);
  made.documentElement.lang = lang;
  const charset = made.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const style = made.createElement("style");
  style.textContent = paperStyle();
  made.head.prepend(charset);
  made.head.append(style);
  made.body.append(made.importNode(paper, true));
  return `<!DOCTYPE html>\n${new XMLSerializer().serializeToString(made.documentElement)}`;
}

function drawRows(page, day) {
  const head = ["what", "answered", "last"].map((key) => el("th", { scope: "col" }, page.words[key]));
  const rows = page.rows.map(({ title, answered, last }) =>
    el("tr", {}, el("th", { scope: "row" }, title), el("td", {}, String(answered)), el("td", {}, day(new Date(last)))),
  );
  return el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

export function confirmationPage(card, page) {
  const { words } = page;
  const lang = card.model.get("lang");
  const day = (date, dateStyle = "medium") => new Intl.DateTimeFormat(lang, { dateStyle }).format(date);
  const [typed, scored] = ["ek-own-name", "ek-scored"].map((name) => card.main.querySelector(`.${name}`)); // as it was in the other language
  const name = el("p", { class: "ek-paper-name" });
  const score = el("p");
  const paper = el(
    "article",
    { class: "ek-paper", lang, "aria-label": page.title },
    el("h3", {}, page.title),
    name,
    el("p", {}, words.practised),
    drawRows(page, day),
    score,
    el("p", {}, fill(words.date, { date: day(new Date(), "long") })),
    el("p", { class: "ek-paper-foot" }, words.self_made),
  );
  const field = el("input", { class: "ek-own-name", type: "text", autocomplete: "off", maxlength: 100, oninput: () => show() });
  const box = el("input", { class: "ek-scored", type: "checkbox", onchange: () => show() });
  field.value = typed?.value ?? "";
  box.checked = scored?.checked ?? false;
  function show() {
    name.textContent = field.value;
    score.hidden = !box.checked;
    score.textContent = box.checked ? page.score : ""; // a saved paper has nothing that is not seen
  }
  show();
  const title = heading(2, page.title);
  const save = () => saveFile(`${words.file}.html`, "text/html;charset=utf-8", saved(page, paper, lang));
  const nodes = [
    title,
    el("label", { class: "ek-labelled" }, words.name, field),
    el("p", { class: "ek-hint" }, words.name_hint),
    page.score ? el("label", { class: "ek-check" }, box, words.add_score) : null,
    paper,
    el(
      "div",
      { class: "ek-actions" },
      button(card.words("print"), () => printPage(card, paper), { class: "ek-button ek-primary" }),
      button(words.save, save),
      button(words.close, () => card.ask({ do: "confirmation_close" })),
    ),
  ];
  return { nodes: nodes.filter(Boolean), focus: title };
}
