// A question: the person, the place and the stem; below, what the format draws; at the foot, the ways on.
import { button, el, heading } from "./dom.js";
import { drawHouse } from "./house.js";

export function drawPerson(question) {
  return el(
    "div",
    { class: "ek-person" },
    el("span", { class: "ek-avatar", "aria-hidden": "true" }, question.initials),
    el(
      "div",
      {},
      el("p", { class: "ek-name" }, question.person),
      el("p", { class: "ek-role" }, question.role),
    ),
    el("p", { class: "ek-occasion" }, question.occasion),
  );
}

export function drawStem(question) {
  return el(
    "div",
    { class: "ek-stem" },
    question.stem.map(({ text, quote }) => (quote ? el("blockquote", { class: "ek-quote" }, el("p", {}, text)) : el("p", {}, text))),
  );
}

function drawWays(card, page, respond) {
  const go = (action) => card.ask({ do: action, position: page.position, round: page.round });
  const answer = () => {
    const response = respond();
    if (response === null) return card.say(card.words("pick"), true);
    return card.ask({ do: "answer", question: page.question.id, response, position: page.position, round: page.round });
  };
  const forward = page.last ? card.words("finish") : card.words("next");
  const main = page.open
    ? button(card.words("answer"), answer, { class: "ek-button ek-primary" })
    : button(forward, () => go("next"), { class: "ek-button ek-primary" });
  return el(
    "div",
    { class: "ek-actions" },
    main,
    page.open ? button(page.last ? card.words("finish_open") : card.words("skip"), () => go("next")) : null,
    page.position > 0 ? button(card.words("back"), () => go("back")) : null,
    page.finished && !page.last ? button(card.words("to_end"), () => go("end")) : null,
    page.missing ? el("p", { class: "ek-hint" }, page.missing) : null,
  );
}

export function questionPage(card, page, formats) {
  const title = heading(2, page.question.title);
  const body = formats[page.question.format](card, page);
  const nodes = [
    drawPerson(page.question),
    title,
    drawStem(page.question),
    ...body.nodes,
    drawHouse(page.house),
    drawWays(card, page, body.respond),
  ];
  return { nodes: nodes.filter(Boolean), focus: body.focus ?? title };
}
