// The phone: draws the page that the server describes, and sends what is picked.
import { Connection } from "../connection.js";
import { el, fill, put } from "./dom.js";
import { drawEnd, drawLobby } from "./end.js";
import { Foot } from "./foot.js";
import { drawReactions, drawSituation } from "./question.js";
import { drawReveal } from "./reveal.js";
import * as seat from "./seat.js";

const FULL = 20000; // ms until a full room is asked again
const TOO_FAST = 1500; // ms until what came too fast is sent again

const root = document.documentElement;
const main = document.querySelector("main");
const progress = document.querySelector(".progress");
const languages = document.querySelector(".languages");
const shell = [...main.querySelectorAll("[data-when]")];
const foot = new Foot();

let lang = seat.language(shell.map((node) => node.lang));
let words = null;
let page = null;
let mine = []; // by situation the counted options of the first and the second vote
let shown = ""; // what is drawn: changed in place as long as that is the same
let reactions = null;
let held = false; // whether votes are counted, but not on disk yet
let refused = null; // the slot of a vote that was refused, and why

root.lang = lang;

function showShell(when) {
  for (const node of shell) node.hidden = node.dataset.when !== when;
}

const line = new Connection({
  path: "ws",
  hello: () => ({ do: "hello", token: seat.token(), lang }),
  probe: () => ({ do: "lang", lang }),
  store: seat.votes,
  onmessage: take,
  onstate(state) {
    if (words) foot.line(state, words);
    else showShell(state === "open" ? "connecting" : state);
  },
});

function take(message, settled) {
  if (message.error) return trouble(message.error);
  if (message.words) welcome(message);
  if (message.page) page = { ...message.page, arrived: Date.now() };
  if (message.ack) acknowledge(message, settled);
  if (words && page) draw();
}

function trouble(error) {
  if (error === "full") {
    line.wait(FULL);
    if (!words) showShell("full");
  } else if (error === "hello") seat.newToken();
  else if (error === "message") Object.keys(line.kept).forEach((slot) => line.drop(slot));
}

function welcome(message) {
  ({ words, mine } = message);
  if (lang !== message.lang) lang = message.lang;
  root.lang = lang;
  document.title = words.title;
  foot.line("open", words);
  languages.setAttribute("aria-label", words.switch);
  // The buttons stay, and with them the focus.
  if (languages.children.length !== message.languages.length) {
    languages.replaceChildren(...message.languages.map(([code, name]) => el("button", { type: "button", lang: code, onclick: () => speak(code) }, name)));
  }
  for (const button of languages.children) button.setAttribute("aria-pressed", String(button.lang === lang));
}

function speak(code) {
  lang = code;
  seat.keepLanguage(code);
  line.send({ do: "lang", lang }); // otherwise the next hello says it
}

function acknowledge({ refused: reason, kept, option }, settled) {
  if (!settled) return; // an older choice, which another one has replaced
  const { position, which } = settled;
  if (reason === "too_fast") {
    const slot = slotOf(position, which);
    setTimeout(() => line.kept[slot] === again && line.keep(slot, again), TOO_FAST);
    const again = { ...settled, id: seat.random(8) };
    line.kept[slot] = again;
  } else if (reason) refused = { slot: slotOf(position, which), reason };
  else {
    held = kept === false;
    mine[position] = mine[position] || [null, null];
    mine[position][which === "second" ? 1 : 0] = option || settled.option;
  }
}

const slotOf = (position, which) => `${position}/${which}`;

function choose(option) {
  const { position, which } = page;
  refused = null;
  line.keep(slotOf(position, which), { do: "vote", id: seat.random(8), position, which, option });
  draw();
}

// One's own choice in a vote: the one on its way, or the one that was counted.
function choice(which) {
  const waiting = line.kept[slotOf(page.position, which)];
  if (waiting) return waiting.option;
  return (mine[page.position] || [])[which === "second" ? 1 : 0] || null;
}

function standing() {
  const { which, open, position, question } = page;
  const state = (kind, text) => ({ kind, text });
  if (!question || page.revealed) return state("none", "");
  const slot = slotOf(position, which);
  const chosen = choice(which);
  if (line.kept[slot]) return state("sending", line.state === "open" ? words.sending : words.waiting);
  if (refused && refused.slot === slot) return state("refused", refused.reason === "closed" ? words.late : words.refused);
  if (!chosen) return state("none", open ? "" : words.no_vote);
  if (held) return state("counted", words.held);
  const letter = page.letters[question.options.findIndex(([option]) => option === chosen)];
  return state("counted", fill(open ? words.counted : words.yours, { letter }));
}

function kindOf() {
  if (page.end) return "end";
  if (!page.question) return "lobby";
  return page.revealed ? "reveal" : "question";
}

function draw() {
  const kind = kindOf();
  const place = [lang, page.position, page.question && page.question.id].join(" ");
  const key = `${kind} ${place}`;
  put(progress, page.progress || "");
  if (key !== shown) redraw(kind, place);
  shown = key;
  if (kind === "question") {
    const chosen = choice(page.which);
    reactions.update({ open: page.open, chosen, before: page.which === "second" ? choice("first") : null, legend: words.how });
  }
  foot.show({ page, words }, standing());
}

function redraw(kind, place) {
  const state = { page, words };
  const [kindBefore, ...placeBefore] = shown.split(" ");
  const stays = placeBefore.join(" ") === place;
  const focused = main.contains(document.activeElement);
  const situation = (stays && main.querySelector(".situation")) || (page.question && drawSituation(page.question));
  reactions = null;
  const nodes = [];
  if (kind === "lobby") nodes.push(...drawLobby(state));
  else if (kind === "end") nodes.push(...drawEnd(state));
  else if (kind === "reveal") nodes.push(situation, drawReveal(state, [choice("first"), choice("second")]));
  else {
    reactions = drawReactions(state, choose);
    nodes.push(situation, reactions.node);
  }
  if (seat.blocked) nodes.push(el("p", { class: "muted" }, words.memory));
  if (stays && situation) {
    while (situation.nextSibling) situation.nextSibling.remove();
    main.append(...nodes.slice(1));
  } else main.replaceChildren(...nodes.filter(Boolean));
  const heading = main.querySelector(kind === "reveal" ? "h2" : "h1");
  const sameKind = kindBefore === kind && placeBefore[1] === String(page.position); // only the language is another one
  if (shown && !sameKind) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (kind === "reveal") heading.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    else scrollTo(0, 0);
    if (page.question && !stays) foot.tell("situation", `${page.progress}. ${page.question.title}.`);
  }
  if (focused && !main.contains(document.activeElement)) heading.focus({ preventScroll: true });
}
