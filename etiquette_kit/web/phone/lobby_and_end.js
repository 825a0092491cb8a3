// Before the first situation, and after the last one.
import { el, heading } from "../shared/dom.js";

export function drawLobby({ words }) {
  return [heading(1, words.title), el("p", {}, words.lead), el("p.muted", {}, words.privacy)];
}

export function drawEnd({ page, words, lang }) {
  const { title, lead, rows, caption, figures, handout, source } = page.end;
  const head = el("tr", {}, [words.first, words.second, words.change].map((text) => el("th", { scope: "col" }, text)));
  // A title takes a line of its own: there is no room beside three columns.
  const body = rows.map(([name, ...values]) =>
    el("tbody", {}, el("tr", {}, el("th", { scope: "rowgroup", colspan: 3 }, name)), el("tr", {}, values.map((value) => el("td", {}, value)))),
  );
  return [
    heading(1, title),
    el("p", {}, lead),
    handout && el("p", {}, el("a.button", { href: `${handout}?lang=${lang}` }, words.handout)),
    page.take_home && el("p", {}, el("a.button", { href: page.take_home.address, rel: "noreferrer" }, page.take_home.title)),
    rows.length > 0 && el("table", {}, el("caption", {}, caption), el("thead", {}, head), body),
    el("p.muted", {}, figures),
    source && el("p.muted", {}, source),
  ];
}
