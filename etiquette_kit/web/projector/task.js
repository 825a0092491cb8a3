// What the group does after the last situation: the task, or the questions for the last round.
import { el, heading } from "../shared/dom.js";

export function drawTask({ title, lead, points, note }) {
  const list = points.length ? el("ol", { class: "room-points" }, points.map((text) => el("li", {}, text))) : null;
  return [el("div", { class: "room-task" }, heading(1, title), el("p", { class: "room-lead" }, lead), list, el("p", { class: "room-hint" }, note))];
}
