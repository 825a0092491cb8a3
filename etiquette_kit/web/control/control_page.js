// The facilitator's page, drawn from plain values: where the room is, what comes next, what to ask, and what she needs beside it.
import { viewsOf } from "../projector/answer_views.js";
import { drawMoved, drawRows } from "../projector/end_results.js";
import { drawFlow } from "../projector/flow.js";
import { drawReactions } from "../projector/reactions.js";
import { now, remaining, spokenTime } from "../shared/clock.js";
import { button, drawLanguages, refill } from "../shared/controls.js";
import { el, heading, put } from "../shared/dom.js";
import { drawPassages } from "../shared/grade.js";
import { drawHouse } from "../shared/house.js";
import { drawPerson, drawStem } from "../shared/situation.js";
import { drawVerdict, drawVotes } from "../shared/verdict.js";
import { drawPlan, minuteOf, saidOf } from "./agenda.js";
import { drawLinks } from "./links.js";
import { Lobby } from "./lobby.js";
import { drawSheets } from "./sheets.js";
import { Steps } from "./steps.js";
import { drawTalk, drawTimer } from "./times.js";

const TALKING = ["discuss", "write"]; // where the time for talking is at hand
const WIDE = "(min-width: 62rem)"; // where everything has room beside each other, what is folded is open at first

function drawAnswer(page, words) {
  const { question, revealed, letters } = page;
  const items = question.options.map(({ id, label }, index) => {
    const option = revealed.options[id];
    return el(
      "li",
      { class: "room-result", "data-grade": option.grade },
      drawVerdict(revealed, id, letters[index]),
      el("p", { class: "room-label" }, label),
      drawVotes(revealed.votes[id]),
      el("p", {}, el("span", { class: "room-muted" }, words.other_side), option.feedback),
      el("p", {}, el("span", { class: "room-muted" }, words.why), option.reason),
      option.passages.length ? el("details", {}, el("summary", {}, words.passages), drawPassages(option, revealed.passages)) : null,
    );
  });
  const names = Object.values(revealed.votes)[0].map(([, name]) => name);
  return [
    el("p", {}, revealed.summary),
    revealed.note ? el("p", { class: "room-hint" }, revealed.note) : null,
    drawHouse(revealed.house),
    revealed.flow ? drawFlow(revealed.flow, page, names) : null,
    el("ul", { class: "control-answers" }, items),
  ];
}

function drawQuestions(page, words) {
  if (!page.questions.length) return [];
  return [heading(2, words.questions), el("ul", { class: "control-list" }, page.questions.map((text) => el("li", {}, text)))];
}

function drawNext({ next }, words) {
  return next ? [heading(2, words.next_situation), el("p", {}, el("strong", {}, next.title), ` · ${next.who}`)] : [];
}

function drawEnd({ end }, words) {
  if (!end) return [];
  return [heading(2, end.title), el("p", {}, end.lead), drawMoved(end), end.rows.length ? drawRows(end, words) : null, el("p", { class: "room-hint" }, end.figures)];
}

// What the group does after the last situation, as it sees it, and what to say.
function drawTask({ task, task_say }, words) {
  if (!task) return [];
  const list = (texts) => el("ul", { class: "control-list" }, texts.map((text) => el("li", {}, text)));
  return [heading(2, task.title), el("p", {}, task.lead), task.points.length ? list(task.points) : null, el("p", { class: "room-hint" }, task.note), el("h2", {}, words.task), list(task_say)];
}

// What the projector shows of the answer; where it has room for the moves beside the overview, both are one there.
function drawTurns(page, words, send) {
  const { view, position, phase } = page;
  const choices = viewsOf(page, words, false).map(([id, name, , label]) =>
    button(name, () => send({ do: "turn", view: id, from: [position, phase] }), { class: "ek-button room-view", "aria-label": label, "aria-pressed": String(id === view), "data-control": id }),
  );
  return el("div", { class: "control-turns", role: "group", "aria-label": words.turn }, choices);
}

export class ControlPage {
  // send(message) returns whether it went out.
  constructor(host, { send, choose }) {
    this.send = send;
    this.choose = choose;
    this.drawn = new Map();
    this.sheets = 0; // how many have come
    this.phase = el("h1", { class: "control-phase", tabindex: -1 });
    this.count = el("p", { class: "control-count" });
    this.time = el("p", { class: "control-time", role: "timer" });
    this.told = el("div", { class: "control-told", role: "status" });
    this.trouble = el("p", { class: "control-note", role: "alert" });
    this.steps = new Steps({ send, say: (text) => this.say(text) });
    const reach = () => this.ask({ do: "open_network" });
    this.lobby = new Lobby({ reach, print: () => this.fetchRunSheet() });
    this.lobby.onticked = () => this.showLobby();
    this.parts = { bar: el("header", { class: "control-bar" }) };
    for (const name of ["hint", "turn", "task", "questions", "next", "end"]) this.parts[name] = el("section", { class: `control-part control-${name}` });
    const open = matchMedia(WIDE).matches;
    for (const name of ["answer", "situation"]) this.fold(name, open);
    for (const name of ["plan", "join", "checks", "sheets"]) this.fold(name, open && name !== "checks");
    this.fold("timer", true);
    this.fold("talk", false);
    const { bar, hint, turn, task, questions, next, end, answer, situation, timer, talk, plan, join, checks, sheets } = this.parts;
    const state = el("div", { class: "control-state", role: "status" }, this.phase);
    const lead = el("div", { class: "control-lead" }, state, el("div", { class: "control-figures" }, this.count, this.time), this.steps.node, this.told, this.trouble);
    this.root = el(
      "div",
      { class: "room room-control" },
      bar,
      el("main", { class: "control-columns" }, this.lobby.node, lead, el("div", { class: "control-talk" }, hint, timer, talk, turn, task, questions, end, answer, situation, next), el("div", { class: "control-aside" }, plan, join, checks, sheets)),
    );
    sheets.addEventListener("click", ({ target }) => {
      if (this.which === "run_sheet" && ["print", "save"].includes(target.dataset.control)) this.lobby.tick("sheet", true);
    });
    this.ticking = setInterval(() => this.tick(), 500);
    host.append(this.root);
  }

  // A part that can be folded away.
  fold(name, open) {
    const [head, body] = [el("summary", {}), el("div", {})];
    this.parts[name] = el("details", { class: `control-part control-${name}`, open }, head, body);
    Object.assign(this.parts[name], { head, body });
  }

  // What is told until the next step.
  say(text) {
    this.told.replaceChildren(...(text ? [el("p", { class: "control-note" }, text)] : []));
  }

  // Draw a part, unless it shows already what it is to show.
  part(name, values, draw) {
    const key = JSON.stringify([values, this.values.words]);
    if (this.drawn.get(name) === key) return;
    this.drawn.set(name, key);
    const part = this.parts[name];
    const nodes = draw().filter(Boolean);
    part.hidden = !nodes.length;
    if (part.head) put(part.head, this.values.words[name]);
    refill(part.body ?? part, nodes);
  }

  show(values) {
    const before = this.values;
    this.values = values;
    const { page, words, lang, languages, counts } = values;
    this.root.lang = lang;
    const moved = before && (before.page.position !== page.position || before.page.phase !== page.phase);
    if (moved) this.say("");
    if (moved || !before) this.parts.talk.open = TALKING.includes(page.phase);
    this.root.dataset.phase = page.phase;
    put(this.phase, page.title);
    put(this.count, counts ? counts.text : "");
    put(this.trouble, page.trouble ?? "");
    this.trouble.hidden = !page.trouble;
    this.part("bar", [page.progress, lang, languages], () => [el("p", { class: "room-progress" }, page.progress), drawLanguages(languages, { lang, label: words.languages }, this.choose)]);
    this.part("hint", page.suggestion, () => (page.suggestion ? [el("p", { class: "control-suggestion", "data-kind": page.suggestion.kind }, page.suggestion.text)] : []));
    this.steps.show(page, words, this.values.since);
    this.showLobby();
    this.part("timer", page.timer && [page.timer.choices, page.timer.send], () => (page.timer ? [drawTimer(page.timer, words, (message) => this.ask(message))] : []));
    this.part("talk", page.talk, () => (page.talk ? drawTalk(page.talk, words, (message) => this.ask(message)) : []));
    this.part("task", [page.task, page.task_say], () => drawTask(page, words));
    this.part("turn", page.revealed && [page.question, page.view], () => (page.revealed ? [heading(2, words.turn), drawTurns(page, words, (message) => this.ask(message))] : []));
    this.part("questions", page.questions, () => drawQuestions(page, words));
    this.part("answer", page.revealed, () => (page.revealed ? drawAnswer(page, words) : []));
    this.part("situation", page.question, () => (page.question ? this.drawSituation(page) : []));
    this.part("next", page.next, () => drawNext(page, words));
    this.part("end", page.end, () => drawEnd(page, words));
    this.part("join", [page.links, page.code, page.qr, page.reach], () => drawLinks(page, words, { say: (text) => this.say(text), reach: () => this.ask({ do: "open_network" }) }));
    this.part("checks", page.checks, () => [el("ul", { class: "control-list" }, page.checks.map((text) => el("li", {}, text)))]);
    this.showSheets();
    this.tick();
  }

  drawSituation({ question, letters }) {
    return [drawPerson(question), heading(2, question.title), drawStem(question), drawReactions(question, letters)];
  }

  // Once all is prepared, or is over, beginning is what comes next.
  showLobby() {
    const { page, words } = this.values;
    const ready = this.lobby.show(page, words);
    if (ready && this.ready === false) this.steps.calm(this.steps.node); // it has come to where something else was pressed
    this.ready = ready;
    this.root.toggleAttribute("data-ready", ready);
  }

  // The run sheet comes to where all sheets are, and is printed at once; where a browser cannot do that, it is there to be saved.
  fetchRunSheet() {
    this.fetching = true;
    this.ask({ do: "sheet", which: "run_sheet" });
  }

  showSheets() {
    const { page, words } = this.values;
    this.part("sheets", [page.sheets, this.sheets], () => drawSheets(words, page.sheets, (message) => this.ask(message)));
  }

  // A sheet has come, to print or to save.
  arrive(which) {
    this.which = which;
    this.sheets += 1;
    this.showSheets();
    if (!this.fetching) return;
    this.fetching = false;
    this.parts.sheets.open = true;
    const [print, save] = ["print", "save"].map((name) => this.parts.sheets.querySelector(`[data-control=${name}]`));
    if (print) print.click();
    else save.focus();
  }

  refuse(text) {
    this.steps.settle();
    this.say(text);
  }

  ask(message) {
    this.say(this.send(message) ? "" : this.values.words.not_sent);
  }

  tick() {
    if (!this.values) return;
    const { page, words, since } = this.values;
    this.time.hidden = page.left === null;
    if (!this.time.hidden) {
      const left = remaining(page.left, now() - since);
      put(this.time, left || page.open ? `${words.time}: ${spokenTime(left)}` : words.time_over);
    }
    this.steps.tick();
    const minute = minuteOf(page.plan, now() - since);
    const said = saidOf(page.plan, now() - since);
    this.part("plan", [page.plan.steps, page.plan.caption, page.plan.row, minute, said], () => drawPlan(page.plan, minute, said, words));
  }
}
