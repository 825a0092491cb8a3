// What the article says, on the screen: all reactions at a glance, who moved where, and reaction by reaction why.
import { el, fill, heading } from "../shared/dom.js";
import { drawPassages } from "../shared/grade.js";
import { drawHouse } from "../shared/house.js";
import { drawPerson, drawStem } from "../shared/situation.js";
import { drawVerdict, drawVotes } from "../shared/verdict.js";
import { drawFlow } from "./flow.js";
import { drawLegend, drawNumberedVotes } from "./legend.js";

// The views of an answer, in order: their names, and what they draw. Where there is little room, the flow is a view of its own; so
// it is where the employer's rules take the room.
export function viewsOf(page, words, isWide) {
  const { question, revealed, letters } = page;
  const wide = isWide && !revealed.house;
  const views = [
    ["situation", words.view_situation, () => drawSituation(page)],
    ["overview", words.view_overview, () => drawOverview(page, words, wide)],
  ];
  if (revealed.flow && !wide) views.push(["flow", words.view_flow, () => drawMoves(page, words)]);
  for (const [index, { id }] of question.options.entries()) {
    views.push([id, letters[index], () => drawReason(page, words, id, index), fill(words.view_reaction, { letter: letters[index] })]);
  }
  return views;
}

function drawSituation({ question }) {
  return [el("div", { class: "room-situation room-alone" }, drawPerson(question), heading(1, question.title), drawStem(question))];
}

function flowOf(page, words) {
  const { revealed } = page;
  const names = Object.values(revealed.votes)[0].map(([, name]) => name);
  return el("div", { class: "room-moves" }, el("h2", {}, words.flow), drawFlow(revealed.flow, page, names));
}

function drawMoves(page, words) {
  return [heading(1, page.question.title, { class: "room-small-title" }), flowOf(page, words)];
}

function drawOverview(page, words, wide) {
  const { question, revealed, letters } = page;
  // Where nothing is shown of the votes, that is said once.
  const some = Object.values(revealed.votes).some((votes) => votes.some(([, , share]) => share !== null));
  const lines = question.options.map(({ id, label }, index) =>
    el(
      "li",
      { class: "room-result", "data-grade": revealed.options[id].grade },
      el("div", { class: "room-judged" }, drawVerdict(revealed, id, letters[index]), el("p", { class: "room-label" }, label)),
      some ? drawNumberedVotes(revealed.votes[id]) : null,
    ),
  );
  const flow = revealed.flow && wide ? flowOf(page, words) : null;
  return [
    el("div", { class: "room-summary" }, heading(1, question.title), el("p", {}, revealed.summary), revealed.note ? el("p", { class: "room-hint" }, revealed.note) : null),
    drawHouse(revealed.house),
    some ? drawLegend(Object.values(revealed.votes)[0]) : null,
    el("div", { class: flow ? "room-answer room-with-flow" : "room-answer" }, el("ul", { class: "room-results" }, lines), flow),
  ].filter(Boolean);
}

function drawReason(page, words, id, index) {
  const { question, revealed, letters } = page;
  const option = revealed.options[id];
  const part = (name, text) => el("div", { class: "room-why" }, el("h2", {}, name), text);
  return [
    heading(1, question.title, { class: "room-small-title" }),
    el(
      "div",
      { class: "room-result room-reason", "data-grade": option.grade },
      drawVerdict(revealed, id, letters[index]),
      el("p", { class: "room-label" }, question.options[index].label),
      drawVotes(revealed.votes[id]),
    ),
    el(
      "div",
      { class: "room-whys" },
      part(words.other_side, el("p", {}, option.feedback)),
      part(words.why, el("p", {}, option.reason)),
      option.passages.length ? part(words.passages, drawPassages(option, revealed.passages)) : null,
    ),
  ];
}
