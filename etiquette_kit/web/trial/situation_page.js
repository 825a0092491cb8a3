// One situation: the text, what was understood, a grade for each reaction, how clear and real it is, and a remark.
import { el, fill, heading } from "../shared/dom.js";
import { drawLetter, drawStem } from "../shared/situation.js";
import { isOutdated } from "./answer_file.js";
import { answeredShare, missing } from "./answers.js";
import { drawButton, drawChoice, drawRemark } from "./choices.js";
import { tell } from "./note.js";
import { drawFoldedArticle } from "./passages.js";

const LETTERS = "ABCDEFGH";

function inOrder(situation, { order }) {
  return order.map((id) => situation.options.find((option) => option.id === id));
}

function drawWays(trial, number, onward) {
  const { words } = trial.form;
  const back = drawButton(words.back, () => trial.go(number ? number - 1 : "start"));
  return el("div.trial-actions", {}, back, onward, drawButton(words.to_end, () => trial.go("end")));
}

// Before the text is shown: would one choose the same without it?
export function drawGuess(trial, number) {
  const { words, situations } = trial.form;
  const situation = situations[number];
  const answer = trial.answerOf(number);
  const values = inOrder(situation, answer).map(({ id, label }) => [id, label]);
  const choose = (value) => trial.set(() => (answer.guess = value));
  const onward = () => {
    trial.set(() => (answer.seen = true));
    trial.go(number);
  };
  return [
    heading(1, fill(words.progress, { number: number + 1, total: situations.length })),
    drawChoice({ words, name: "guess", legend: words.guess, values, chosen: answer.guess, hint: words.guess_hint }, choose),
    drawWays(trial, number, drawButton(words.show_text, onward, { class: "ek-button ek-primary" })),
  ];
}

function setAnswer(given, id, value) {
  if (value === null) delete given[id];
  else given[id] = value;
}

// It stays at the top of the screen, so that the text is at hand beside every question.
function drawTextAgain({ words }, situation) {
  const text = el("div.trial-scroll", { tabindex: 0, role: "region", "aria-label": words.text_label }, drawStem(situation));
  return el("details.trial-again", {}, el("summary", {}, words.text_again), text);
}

function drawQuestions(trial, answer, update) {
  const { questions, words } = trial.form;
  const drawn = questions.map(({ id, text, values }) =>
    drawChoice({ words, name: id, legend: text, values, chosen: answer.understood[id] }, (value) => update(() => setAnswer(answer.understood, id, value))),
  );
  return el("section.trial-questions", {}, heading(2, words.questions), el("p", {}, words.questions_hint), drawn);
}

function drawReactions(trial, situation, answer, update) {
  const { grades, words } = trial.form;
  const meanings = grades.map(({ text, meaning }) => el("div", {}, el("dt", {}, text), el("dd", {}, meaning)));
  const values = grades.map(({ grade, text }) => [grade, text]);
  const drawn = inOrder(situation, answer).map(({ id, label }, index) => {
    const legend = [drawLetter(LETTERS[index], { "aria-hidden": "true" }), el("span", {}, label)];
    const choose = (value) => update(() => setAnswer(answer.grades, id, value));
    return drawChoice({ words, name: `grade-${index}`, legend, values, chosen: answer.grades[id] }, choose);
  });
  const fold = el("details", {}, el("summary", {}, words.meanings), el("dl", {}, meanings));
  return el("section.trial-reactions", {}, heading(2, words.reactions), el("p", {}, words.reactions_hint), fold, drawn);
}

function drawText(trial, answer, update) {
  const { scales, words } = trial.form;
  const drawn = scales.map(({ id, text, values }) =>
    drawChoice({ words, name: id, legend: text, values, chosen: answer[id] }, (value) => update(() => (answer[id] = value))),
  );
  const remark = drawRemark(trial.form, answer.remark, (value) => update(() => (answer.remark = value)));
  return el("section", {}, heading(2, words.text), drawn, remark);
}

export function drawSituation(trial, number) {
  const { form } = trial;
  const { words, situations } = form;
  const situation = situations[number];
  const answer = trial.answerOf(number);
  const left = el("p.trial-left", { role: "status" });
  const outdated = el("p", { role: "status" });
  const progress = el("progress", { max: situations.length, "aria-hidden": "true" });
  const show = () => {
    const count = missing(form, answer);
    left.textContent = count ? fill(words.open, { count }) : words.complete;
    progress.value = number + answeredShare(form, answer);
    tell(outdated, isOutdated(form, trial.answers.state) ? words.outdated : "");
  };
  const update = (change) => {
    trial.set(change);
    show();
  };
  const onward = () => trial.go(number + 1 < situations.length ? number + 1 : "end");
  show();
  return [
    heading(1, fill(words.progress, { number: number + 1, total: situations.length })),
    progress,
    drawStem(situation),
    drawTextAgain(form, situation),
    drawQuestions(trial, answer, update),
    drawFoldedArticle(form),
    drawReactions(trial, situation, answer, update),
    drawText(trial, answer, update),
    left,
    outdated,
    drawWays(trial, number, drawButton(words.next, onward, { class: "ek-button ek-primary" })),
  ];
}
