// A question: the person, the place and the stem; below, what the format draws; at the foot, the ways on. After the answer, the message
// and the way on come first, and the situation can be read again below.
import { button } from "../shared/controls.js";
import { el, heading } from "../shared/dom.js";
import { drawHouse } from "../shared/house.js";
import { drawPerson, drawStem } from "../shared/situation.js";

function answerWords(card, page) {
  if (!page.goes_on) return card.words("answer");
  return page.last ? card.words("answer_finish") : card.words("answer_next");
}

function drawWays(card, page, body) {
  const go = (action) => card.ask({ do: action, position: page.position, round: page.round });
  const answer = () => {
    const response = body.respond();
    if (response === null) return body.askForOne ? body.askForOne() : card.say(card.words("pick"), true);
    return card.ask({ do: "answer", question: page.question.id, response, position: page.position, round: page.round });
  };
  const forward = page.last ? card.words("finish") : card.words("next");
  const main = page.open
    ? button(body.submit ?? answerWords(card, page), answer, { class: "ek-button ek-primary" })
    : button(forward, () => go("next"), { class: "ek-button ek-primary" });
  return el(
    "div",
    { class: "ek-actions" },
    main,
    page.what_if ? button(page.what_if, () => go("what_if")) : null,
    page.open ? button(page.last ? card.words("finish_open") : card.words("skip"), () => go("next")) : null,
    page.position > 0 ? button(card.words("back"), () => go("back")) : null,
    page.finished && !page.last ? button(card.words("to_end"), () => go("end")) : null,
    page.missing ? el("p", { class: "ek-hint" }, page.missing) : null,
  );
}

// Who, what it is called, and the stem; a format whose question has no person or no stem draws what it has instead.
function drawSituation(question, title) {
  return [question.person ? drawPerson(question) : null, title, question.stem ? drawStem(question) : null];
}

export function questionPage(card, page, formats) {
  const body = formats[page.question.format](card, page);
  const { title: text } = page.question;
  if (!body.rest) {
    const title = heading(2, text);
    const nodes = [...drawSituation(page.question, title), ...body.nodes, drawHouse(page.house, { hint: true }), drawWays(card, page, body)];
    return { nodes: nodes.filter(Boolean), focus: body.focus ?? title };
  }
  const title = heading(2, text, { class: "ek-answered" });
  const nodes = [
    title,
    ...body.nodes,
    page.contrast ? el("p", { class: "ek-contrast" }, page.contrast) : null,
    drawWays(card, page, body),
    drawHouse(page.house, { hint: true }),
    ...body.rest,
    el("details", { class: "ek-again" }, el("summary", {}, card.words("situation")), ...drawSituation(page.question, null)),
  ];
  return { nodes: nodes.filter(Boolean), focus: body.focus ?? title };
}
