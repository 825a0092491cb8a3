// Before the first situation, and after the last one.
import { el, heading } from "../shared/dom.js";

export function drawTask({ title, lead, points, note }) {
  return [heading(1, title), el("p", {}, lead), points?.[0] && el("ul", {}, points.map((text) => el("li", {}, text))), el("p.muted", {}, note)];
}

export function drawEnd({ page, words, lang }) {
  const { title, lead, rows, learned, moved, caption, figures, handout, source } = page.end;
  const head = el("tr", {}, [words.first, words.second, words.change].map((text) => el("th", { scope: "col" }, text)));
  // A title takes a line of its own: there is no room beside three columns.
  const about = ({ best, rule }) => [el("p", {}, best), el("p.muted", {}, rule)];
  const body = rows.map(([name, ...values], index) =>
    el("tbody", {}, el("tr", {}, el("th", { scope: "rowgroup", colspan: 3 }, name, about(learned[index]))), el("tr", {}, values.map((value) => el("td", {}, value)))),
  );
  return [
    heading(1, title),
    el("p", {}, lead),
    moved && el("p", {}, moved),
    handout && el("p", {}, el("a.button", { href: `${handout}?lang=${lang}` }, words.handout)),
    page.take_home && el("p", {}, el("a.button", { href: page.take_home.address, rel: "noreferrer" }, page.take_home.title)),
    rows.length > 0 && el("table", {}, el("caption", {}, caption), el("thead", {}, head), body),
    el("p.muted", {}, figures),
    el("p.muted", {}, source),
  ];
}
