// The first page: what this is, how long it takes, what becomes of the answers, and the article.
import { el, heading } from "../shared/dom.js";
import { isBegun } from "./answers.js";
import { drawButton } from "./choices.js";
import { drawArticle } from "./passages.js";

// A second person at the same device begins anew; that is asked about first, since it deletes the answers of the first.
export function drawRestart({ form, restart, pauseClicks }) {
  const { words } = form;
  const part = el("div.trial-restart", {});
  const ask = () => {
    const no = drawButton(words.restart_no, show);
    part.replaceChild(el("div.trial-ask", { role: "group" }, el("p", {}, words.restart_ask), no, drawButton(words.restart_yes, restart)), part.firstChild);
    pauseClicks();
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
  const begun = isBegun(form, answers.state);
  const drawBegin = (attributes) => drawButton(begun ? words.resume : words.begin, () => trial.go(0), attributes);
  const steps = form.steps.map((text) => el("li", {}, text));
  return [
    heading(1, words.title),
    el("p", {}, words.about),
    el("p", {}, el("strong", {}, form.time), " ", words.sending),
    begun ? el("p.trial-note", {}, words.resumed) : null,
    el("div.trial-actions", {}, drawBegin({ class: "ek-button ek-primary" })),
    begun ? drawRestart(trial) : null,
    heading(2, words.steps),
    el("ol", {}, steps),
    el("p", {}, answers.isKept ? `${words.pause} ` : null, words.leave_out),
    el("p", {}, words.privacy),
    heading(2, words.article),
    el("p", {}, words.article_hint),
    drawArticle(form),
    el("div.trial-actions", {}, drawBegin()),
  ];
}
