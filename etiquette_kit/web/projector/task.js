// What the group does after the last situation: the task, or the questions for the last round; to write a refusal, the checklist and two
// model notes help.
import { el, heading } from "../shared/dom.js";

function drawWriting({ checklist_title: title, checklist, models_title: models, models: notes }) {
  const lines = checklist.map((line) => el("li", {}, line));
  const quotes = notes.map((note) => el("blockquote.ek-quote", {}, el("p", {}, note)));
  return el("div.room-writing", {}, el("div", {}, heading(2, title), el("ul.room-checks", {}, lines)), el("div", {}, heading(2, models), quotes));
}

export function drawTask({ title, lead, points, note }, writing) {
  const list = points.length ? el("ol", { class: "room-points" }, points.map((text) => el("li", {}, text))) : null;
  const help = writing ? drawWriting(writing) : null;
  return [el("div", { class: "room-task" }, heading(1, title), el("p", { class: "room-lead" }, lead), help, list, el("p", { class: "room-hint" }, note))];
}
