// The phone: draws the page that the server describes, and sends what is picked.
import { Connection } from "../shared/connection.js";
import { el, fill, put } from "../shared/dom.js";
import { randomHex } from "../shared/random_hex.js";
import { drawEnd, drawTask } from "./lobby_and_end.js";
import * as memory from "./memory.js";
import { drawReactions, drawSituation } from "./question.js";
import { drawReveal } from "./reveal.js";
import { StatusBar } from "./status_bar.js";

const FULL = 20000; // ms until a full room is asked again
const TOO_FAST = 2000; // ms until a vote that came too fast is sent again

const main = document.querySelector("main");
const progress = document.querySelector(".progress");
const languages = document.querySelector("[role=group]");
const shell = [...main.querySelectorAll("[data-when]")];
const status = new StatusBar();

let lang = memory.language(shell.map((node) => node.lang));
let words;
let page;
let mine; // by situation, the counted options of the first and the second vote
let shown = {}; // what is drawn
let reactions;
let held = false; // votes are counted, but not on disk yet
let refused = {}; // the slot of a vote that was refused, and why

const tell = (when) => shell.forEach((node) => (node.hidden = node.dataset.when !== when || node.lang !== lang));
const index = (which) => (which === "second" ? 1 : 0);
const slotOf = ({ position, which }) => `${position}/${which}`;

tell("connecting");
const connection = new Connection({
  path: "ws",
  hello: () => ({ do: "hello", token: memory.token, lang }),
  probe: () => ({ do: "lang", lang }),
  store: memory.votes,
  onmessage: take,
  onstate(state) {
    if (words) status.follow(state === "open" ? words.back : words[state], state !== "open");
    else if (!connection.pause) tell(state);
    if (page) draw();
  },
});

function take(message, settled) {
  const { error } = message;
  if (error === "full") {
    connection.wait(FULL);
    tell(error);
  } else if (error === "hello") memory.renew();
  else if (error === "message") Object.keys(connection.kept).forEach((slot) => connection.drop(slot));
  if (message.words) welcome(message);
  if (message.page) page = { ...message.page, arrived: Date.now() };
  if (settled) settle(message, settled);
  else if (message.kept && !connection.kept[slotOf(message)]) count(message); // sent by another tab
  if (page) draw();
}

function welcome(message) {
  ({ words, mine, lang } = message);
  document.documentElement.lang = lang;
  document.title = words.title;
  languages.setAttribute("aria-label", words.switch);
  const draw = ([code, name]) => languages.append(el("button", { lang: code, onclick: () => speak(code) }, name));
  if (!languages.firstChild) message.languages.forEach(draw); // once, and the focus stays
  for (const button of languages.children) button.setAttribute("aria-pressed", button.lang === lang);
}

function speak(code) {
  lang = code;
  memory.set("-lang", lang);
  connection.send({ do: "lang", lang }); // or the next hello says it
}

// A vote was counted or refused, and no other took its place; what counts may be a newer one of another tab.
function settle(message, vote) {
  const slot = slotOf(vote);
  const reason = message.refused;
  if (reason) {
    const now = (refused = { slot, reason });
    if (reason === "too_fast") setTimeout(() => refused === now && send(vote), TOO_FAST);
  } else {
    held = !message.kept;
    count(message);
  }
}

function count({ position, which, option }) {
  mine[position][index(which)] = option;
}

function send(vote) {
  refused = {};
  connection.keep(slotOf(vote), { number: memory.number(), ...vote, do: "vote", id: randomHex(8) });
  draw();
}

// One's own choice in a vote: on its way, or counted.
function choice(which) {
  const waiting = connection.kept[slotOf({ ...page, which })];
  return waiting?.option ?? mine[page.position][index(which)];
}

function standing() {
  const { which, open, question, letters } = page;
  if (!reactions) return ["none", ""];
  const slot = slotOf(page);
  const reason = refused.slot === slot && refused.reason;
  if (connection.kept[slot] || reason === "too_fast") return ["sending", connection.state === "open" ? words.sending : words.waiting];
  if (reason) return ["refused", reason === "closed" ? words.late : words.refused];
  const chosen = choice(which);
  if (!chosen) return ["none", open ? "" : words.no_vote];
  const letter = letters[question.options.findIndex(({ id }) => id === chosen)];
  return ["counted", fill(held ? words.held : open ? words.counted : words.yours, { letter })];
}

function draw() {
  const { question, which, open, position } = page;
  const kind = page.end ? "end" : page.task ? page.phase : !question ? "lobby" : page.revealed ? "reveal" : "question";
  const place = [lang, position, question?.id].join();
  put(progress, page.progress);
  if (kind !== shown.kind || place !== shown.place) redraw({ kind, place, position });
  if (reactions) reactions.update({ open, chosen: choice(which), before: which === "second" && choice("first") });
  status.show({ page, words }, ...standing());
}

function redraw(next) {
  const { kind } = next;
  const state = { page, words, lang };
  const before = shown;
  const stays = before.place === next.place && main.querySelector(".situation");
  const focused = main.contains(document.activeElement);
  const nodes = [];
  shown = next;
  reactions = kind === "question" && drawReactions(state, (option) => send({ position: page.position, which: page.which, option }));
  if (kind === "lobby" || page.task) nodes.push(...drawTask(page.task || { title: words.title, lead: words.lead, note: words.privacy }));
  else if (kind === "end") nodes.push(...drawEnd(state));
  else nodes.push(stays || drawSituation(page.question), reactions ? reactions.node : drawReveal(state, [choice("first"), choice("second")]));
  if (memory.blocked) nodes.push(el("p.muted", {}, words.memory));
  main.replaceChildren(...nodes.filter(Boolean));
  const heading = main.querySelector(kind === "reveal" ? "h2" : "h1");
  if (focused && !main.contains(document.activeElement)) heading.focus({ preventScroll: true });
  if (before.kind === kind && before.position === next.position) return; // only the language is another one
  if (page.question && !stays) status.tell("situation", `${page.progress}. ${page.question.title}.`);
  if (kind !== "reveal") scrollTo(0, 0);
  else heading.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
