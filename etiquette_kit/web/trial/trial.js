// The page that a reader fills in: it has all texts in it, and sends nothing anywhere.
import { el } from "../shared/dom.js";
import { isUntouched, openAnswers } from "./answers.js";
import { drawEnd } from "./end_page.js";
import { drawGuess, drawSituation } from "./situation_page.js";
import { drawStart } from "./start_page.js";

const DOUBLE_CLICK = 500; // milliseconds; the time that systems allow between its two clicks

const form = JSON.parse(document.getElementById("form").textContent);
const main = document.querySelector("main");
const answers = openAnswers(form, () => draw());
let pausing = null;

const trial = {
  form,
  answers,
  answerOf: (number) => answers.state.answers[form.situations[number].id],
  set: (change) => {
    change();
    answers.keep();
  },
  go: (place) => {
    trial.set(() => (answers.state.place = place));
    draw();
    trial.pauseClicks();
    main.querySelector("h1").focus();
    scrollTo(0, 0);
  },
  // The second click of a double-click must not meet what has come under the pointer.
  pauseClicks: () => {
    clearTimeout(pausing);
    main.classList.add("trial-still");
    pausing = setTimeout(() => main.classList.remove("trial-still"), DOUBLE_CLICK);
  },
  restart: () => {
    answers.restart();
    trial.go("start");
  },
};

function pageAt(place) {
  if (place === "start") return drawStart(trial);
  if (place === "end") return drawEnd(trial);
  return form.guess && !trial.answerOf(place).seen ? drawGuess(trial, place) : drawSituation(trial, place);
}

function draw() {
  while (main.firstChild) main.removeChild(main.firstChild);
  const warning = answers.isKept ? null : el("p.trial-note", { role: "note" }, form.words.not_kept);
  main.append(...[warning, ...pageAt(answers.state.place)].flat().filter(Boolean));
}

// Such a click leaves the focus where it is.
addEventListener("mousedown", (event) => main.classList.contains("trial-still") && event.preventDefault());

// Where the browser keeps nothing, it asks before the page is left.
addEventListener("beforeunload", (event) => {
  const given = form.situations.some((_, number) => !isUntouched(form, trial.answerOf(number)));
  if (answers.isKept || !given) return;
  event.preventDefault();
  event.returnValue = "";
});

draw();
