// The phone: draws the page that the server describes, and sends what is picked.
import { Connection } from "../connection.js";
import { el, fill, put } from "./dom.js";
import { drawEnd, drawLobby } from "./end.js";
import { Foot } from "./foot.js";
import { drawReactions, drawSituation } from "./question.js";
import { drawReveal } from "./reveal.js";
import * as seat from "./seat.js";

const FULL = 20000; // ms until a full room is asked again
const TOO_FAST = 1500; // ms until a vote that came too fast is sent again

const main = document.querySelector("main");
const progress = document.querySelector(".progress");
const languages = document.querySelector("[role=group]");
const shell = [...main.querySelectorAll("[data-when]")]; // what is said as long as there are no words
const foot = new Foot();

let lang = seat.language(shell.map((node) => node.lang));
let words;
let page;
let mine; // by situation, the counted options of the first and the second vote
let shown = {}; // what is drawn, and changed in place as long as it is the same
let reactions;
let held = false; // votes are counted, but not on disk yet
let refused = {}; // the slot of a vote that was refused, and why

const tell = (when) => shell.forEach((node) => (node.hidden = node.dataset.when !== when || node.lang !== lang));
const index = (which) => (which === "second" ? 1 : 0);

tell("connecting");
const line = new Connection({
  path: "ws",
  hello: () => ({ do: "hello", token: seat.token, lang }),
  probe: () => ({ do: "lang", lang }),
  store: seat.votes,
  onmessage: take,
  onstate(state) {
    if (words) foot.line(state === "open" ? words.back : words[state], state !== "open");
    else if (!line.pause) tell(state);
    if (page) draw();
  },
});

function take(message, settled) {
  const { error } = message;
  if (error === "full") {
    line.wait(FULL);
    tell(error);
  } else if (error === "hello") seat.renew();
  else if (error === "message") Object.keys(line.kept).forEach((slot) => line.drop(slot));
  if (message.words) welcome(message);
  if (message.page) page = { ...message.page, arrived: Date.now() };
  if (settled) settle(message, settled);
  if (page) draw();
}

function welcome(message) {
  ({ words, mine, lang } = message);
  document.documentElement.lang = lang;
  document.title = words.title;
  languages.setAttribute("aria-label", words.switch);
  // The buttons stay, and with them the focus.
  if (!languages.firstChild) {
    languages.append(...message.languages.map(([code, name]) => el("button", { type: "button", lang: code, onclick: () => speak(code) }, name)));
  }
  for (const button of languages.children) button.setAttribute("aria-pressed", button.lang === lang);
}

function speak(code) {
  lang = code;
  seat.keepLanguage(lang);
  line.send({ do: "lang", lang }); // or the next hello says it
}

// A vote was counted or refused, and no other has taken its place.
function settle({ refused: reason, kept }, { position, which, option }) {
  const slot = `${position}/${which}`;
  if (reason === "too_fast") setTimeout(() => line.kept[slot] || send(position, which, option), TOO_FAST);
  if (reason) refused = { slot, reason };
  else {
    held = !kept;
    mine[position][index(which)] = option;
  }
}

function send(position, which, option) {
  refused = {};
  line.keep(`${position}/${which}`, { do: "vote", id: seat.random(8), position, which, option });
  draw();
}

// One's own choice in a vote: the one on its way, or the one that was counted.
function choice(which) {
  const waiting = line.kept[`${page.position}/${which}`];
  return waiting ? waiting.option : mine[page.position][index(which)];
}

// How one's vote stands, as a kind and in words.
function standing() {
  const { which, open, position, question, letters } = page;
  if (!reactions) return ["none", ""];
  const slot = `${position}/${which}`;
  const reason = refused.slot === slot && refused.reason;
  if (line.kept[slot] || reason === "too_fast") return ["sending", line.state === "open" ? words.sending : words.waiting];
  if (reason) return ["refused", reason === "closed" ? words.late : words.refused];
  const chosen = choice(which);
  if (!chosen) return ["none", open ? "" : words.no_vote];
  const letter = letters[question.options.findIndex(([option]) => option === chosen)];
  return ["counted", fill(held ? words.held : open ? words.counted : words.yours, { letter })];
}

function draw() {
  const { question, which, open, position } = page;
  const kind = page.end ? "end" : !question ? "lobby" : page.revealed ? "reveal" : "question";
  const place = [lang, position, question && question.id].join();
  put(progress, page.progress);
  if (kind !== shown.kind || place !== shown.place) redraw({ kind, place, position });
  if (reactions) reactions.update({ open, chosen: choice(which), before: which === "second" && choice("first") });
  foot.show({ page, words }, ...standing());
}

function redraw(next) {
  const { kind } = next;
  const state = { page, words, lang };
  const before = shown;
  const stays = before.place === next.place && main.querySelector(".situation");
  const focused = main.contains(document.activeElement);
  const nodes = [];
  shown = next;
  reactions = kind === "question" && drawReactions(state, (option) => send(page.position, page.which, option));
  if (kind === "lobby") nodes.push(...drawLobby(state));
  else if (kind === "end") nodes.push(...drawEnd(state));
  else nodes.push(stays || drawSituation(page.question), reactions ? reactions.node : drawReveal(state, [choice("first"), choice("second")]));
  if (seat.blocked) nodes.push(el("p.muted", {}, words.memory));
  main.replaceChildren(...nodes.filter(Boolean));
  const heading = main.querySelector(kind === "reveal" ? "h2" : "h1");
  if (focused && !main.contains(document.activeElement)) heading.focus({ preventScroll: true });
  if (before.kind === kind && before.position === next.position) return; // only the language is another one
  if (page.question && !stays) foot.tell("situation", `${page.progress}. ${page.question.title}.`);
  if (kind !== "reveal") scrollTo(0, 0);
  else heading.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
