// The plan of the workshop, with the row where the room stands, and whether that is ahead of the plan or behind it.
import { el, fill } from "../shared/dom.js";

export function minuteOf(plan, since) {
  return plan.passed === null ? null : Math.floor((plan.passed + since) / 60);
}

// The page comes with what is to be said from which second on.
export function saidOf(plan, since) {
  return plan.says.reduce((said, [second, text]) => (second <= plan.passed + since ? text : said), "");
}

export function drawPlan(plan, minute, said, words) {
  const rows = plan.steps.map(([start, step, minutes], index) =>
    el(
      "tr",
      { "aria-current": index === plan.row ? "step" : null },
      el("td", {}, String(start)),
      el("td", {}, index === plan.row ? el("strong", { class: "control-due" }, `${words.due}: `) : null, step),
      el("td", {}, String(minutes)),
    ),
  );
  const head = [words.from, words.step, words.minutes].map((text) => el("th", { scope: "col" }, text));
  const clock = minute === null ? words.not_begun : fill(words.begun, { minute, total: plan.total });
  return [
    el("p", { class: "control-clock" }, said ? el("strong", {}, said) : null, said ? ` · ${clock}` : clock),
    el("table", { class: "room-table" }, el("caption", {}, plan.caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)),
  ];
}
