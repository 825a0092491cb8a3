// The projector's connection: what the server sends is drawn, and that is all.
import { now } from "./clock.js";
import { Connection } from "./connection.js";
import { el, put } from "./dom.js";
import { drawScreen } from "./projector.js";

const host = document.getElementById("room");
const lost = el("p", { class: "room-lost", role: "alert", hidden: true });
document.body.append(lost);
const start = { lang: document.documentElement.lang, words: null };
const state = { ...start, languages: [], page: null, counts: null, since: now() };

function draw() {
  const { page, counts, words, lang, languages, since } = state;
  if (!page || !words) return;
  document.documentElement.lang = lang;
  document.title = words.title;
  drawScreen(host, page, counts, words, { lang, languages, since, choose });
}

function take(message) {
  if (message.page) state.since = now();
  for (const part of ["lang", "languages", "words", "page", "counts"]) if (message[part]) state[part] = message[part];
  draw();
}

const line = new Connection({
  path: "ws",
  hello: () => ({ do: "hello", lang: state.lang }),
  onmessage: take,
  onstate: (now) => {
    const { words } = state;
    lost.hidden = now === "open" || !words;
    if (words) put(lost, lost.hidden ? "" : words[now === "unknown" ? "unknown" : "lost"]);
  },
});

function choose(lang) {
  state.lang = lang;
  line.send({ do: "lang", lang });
}

// Keys go to the page even while nothing on it has the focus.
document.addEventListener("keydown", (event) => {
  if (event.target === document.body) host.firstChild?.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, cancelable: true }));
});
