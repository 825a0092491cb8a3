// The first page: what this is, how long it takes, what becomes of the answers, and the article.
import { el, heading } from "../shared/dom.js";
import { drawButton } from "./choices.js";
import { drawArticle } from "./passages.js";

// A second person at the same device begins anew; that is asked about first, since it deletes the answers of the first.
export function drawRestart({ words, restart }) {
  const part = el("div.trial-restart", {});
  const ask = () => {
    const no = drawButton(words.restart_no, show);
    part.replaceChild(el("div.trial-ask", { role: "group" }, el("p", {}, words.restart_ask), drawButton(words.restart_yes, restart), no), part.firstChild);
    no.focus();
  };
  function show(event) {
    const again = drawButton(words.restart, ask);
    if (part.firstChild) part.replaceChild(again, part.firstChild);
    else part.append(again);
    if (event) again.focus();
  }
  show();
  return part;
}

export function drawStart(trial) {
  const { form, answers } = trial;
  const { words } = form;
  const begin = drawButton(answers.isResumed ? words.resume : words.begin, () => trial.go(0), { class: "ek-button ek-primary" });
  const steps = form.steps.map((text) => el("li", {}, text));
  return [
    heading(1, words.title),
    el("p", {}, words.about),
    el("ol", {}, steps),
    el("p", {}, el("strong", {}, form.time), " ", answers.isKept ? words.pause : null),
    el("p", {}, words.leave_out),
    el("p", {}, words.privacy),
    answers.isResumed ? el("p.trial-note", {}, words.resumed) : null,
    el("div.trial-actions", {}, begin),
    answers.isResumed ? drawRestart({ words, restart: trial.restart }) : null,
    heading(2, words.article),
    el("p", {}, words.article_hint),
    drawArticle(form),
    el("div.trial-actions", {}, drawButton(answers.isResumed ? words.resume : words.begin, () => trial.go(0))),
  ];
}
