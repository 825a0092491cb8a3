// What a reader has answered so far, kept in the browser where it is allowed: a reload loses nothing.
import { randomHex } from "../shared/random_hex.js";

// A random order; the page makes it, so that each reader has another one.
function shuffled(items) {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    const other = Math.floor((number / 2 ** 32) * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

function newAnswer({ options }) {
  return { order: shuffled(options.map(({ id }) => id)), understood: {}, grades: {}, clear: null, realistic: null, remark: "", guess: null, seen: false };
}

function begun(form) {
  const answers = {};
  for (const situation of form.situations) answers[situation.id] = newAnswer(situation);
  return { reader: randomHex(8), saved: 0, savedSum: "", place: "start", answers };
}

// changed: called when the same form, open a second time, has changed the answers.
export function openAnswers(form, changed) {
  const key = `etiquette-trial-${form.id}`;
  const read = () => JSON.parse(localStorage.getItem(key));
  const answers = { state: begun(form), isKept: true };
  answers.keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(answers.state));
    } catch (error) {
      answers.isKept = false;
    }
  };
  answers.restart = () => {
    answers.state = begun(form);
    answers.keep();
  };
  try {
    const kept = read();
    if (kept) answers.state = { ...answers.state, ...kept };
  } catch (error) {
    answers.isKept = false;
  }
  answers.keep();
  addEventListener("storage", (event) => {
    if (event.key !== key || !event.newValue) return;
    answers.state = { ...JSON.parse(event.newValue), place: answers.state.place };
    changed();
  });
  return answers;
}

function asked({ questions, scales }, answer) {
  return questions.length + answer.order.length + scales.length;
}

// How many of the answers to a situation are missing; the remark never is.
export function missing(form, answer) {
  const given = Object.keys(answer.understood).length + Object.keys(answer.grades).length;
  const rated = form.scales.filter(({ id }) => answer[id] !== null).length;
  return asked(form, answer) - given - rated;
}

export function isUntouched(form, answer) {
  return !answer.remark && !answer.guess && missing(form, answer) === asked(form, answer);
}

export function isBegun(form, { answers }) {
  return form.situations.some(({ id }) => answers[id].seen || !isUntouched(form, answers[id]));
}

// Which share of a situation is answered, from 0 to 1.
export function answeredShare(form, answer) {
  return 1 - missing(form, answer) / asked(form, answer);
}
