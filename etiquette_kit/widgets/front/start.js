// Before the first question: what this is, on whose advice, what comes first, how long it takes.
import { button, el, heading } from "./dom.js";

const MARK = "etiquette-kit-played";

// Leaves a mark in this tab, so that a page that was loaded anew can say why it is empty.
export function markPlayed() {
  try {
    sessionStorage.setItem(MARK, "yes");
  } catch (error) {
    console.info("no session storage: a reload will not be announced", error);
  }
}

function wasPlayed() {
  try {
    return sessionStorage.getItem(MARK) !== null;
  } catch {
    return false; // storage is forbidden here: then nothing was marked either
  }
}

export function startPage(card, page) {
  const title = heading(2, page.title);
  const nodes = [title, el("p", { class: "ek-lead" }, page.lead)];
  if (page.round === 1 && wasPlayed()) nodes.push(el("p", { class: "ek-note" }, card.words("reloaded")));
  if (page.left_out) nodes.push(el("p", { class: "ek-note" }, page.left_out));
  nodes.push(
    el(
      "dl",
      { class: "ek-facts" },
      page.facts.map(([term, text]) => el("div", {}, el("dt", {}, term), el("dd", {}, text))),
    ),
    el("div", { class: "ek-actions" }, button(card.words("start"), () => card.ask({ do: "start" }), { class: "ek-button ek-primary" })),
  );
  return { nodes, focus: title };
}
