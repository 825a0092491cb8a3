// The projector's page: what the server sends is drawn, and that is all.
import { now } from "../shared/clock.js";
import { Connection } from "../shared/connection.js";
import { ConnectionNotice } from "../shared/connection_notice.js";
import { drawScreen } from "./screen.js";

const host = document.getElementById("room");
const notice = new ConnectionNotice();
const state = { lang: document.documentElement.lang, languages: [], words: null, page: null, counts: null, since: now() };

function take(message) {
  if (message.error) return;
  if (message.page) state.since = now();
  for (const part of ["lang", "languages", "words", "page", "counts"]) if (message[part]) state[part] = message[part];
  const { page, counts, words, lang, languages, since } = state;
  if (!page || !words) return;
  notice.end();
  document.documentElement.lang = lang;
  document.title = words.title;
  drawScreen(host, page, counts, words, { lang, languages, since, choose });
}

const connection = new Connection({
  path: "ws",
  hello: () => ({ do: "hello", lang: state.lang }),
  onmessage: take,
  onstate: (current) => notice.follow(current, state.words),
});

function choose(lang) {
  state.lang = lang; // also for the next greeting, where this one does not get through
  connection.send({ do: "lang", lang });
}

// Keys go to the page even while nothing on it has the focus.
document.addEventListener("keydown", (event) => {
  if (event.target !== document.body || !host.firstChild) return;
  const { key, ctrlKey, metaKey, altKey } = event;
  host.firstChild.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, altKey }));
});
