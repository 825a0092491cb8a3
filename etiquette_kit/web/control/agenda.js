// The plan of the workshop, and where its clock stands.
import { el, fill } from "../shared/dom.js";

export function minuteOf(plan, passed) {
  return plan.begun === null ? null : Math.floor((plan.begun + passed) / 60);
}

export function dueAt(plan, minute) {
  return minute === null ? null : plan.steps.reduce((due, [start], index) => (start <= minute ? index : due), 0);
}

export function drawPlan(plan, minute, words) {
  const due = dueAt(plan, minute);
  const rows = plan.steps.map(([start, step, minutes], index) =>
    el(
      "tr",
      { "aria-current": index === due ? "time" : null },
      el("td", {}, String(start)),
      el("td", {}, index === due ? el("strong", { class: "control-due" }, `${words.due}: `) : null, step),
      el("td", {}, String(minutes)),
    ),
  );
  const head = [words.from, words.step, words.minutes].map((text) => el("th", { scope: "col" }, text));
  return [
    el("p", { class: "control-clock" }, minute === null ? words.not_begun : fill(words.begun, { minute })),
    el("table", { class: "room-table" }, el("caption", {}, plan.caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)),
  ];
}
