// The facilitator's page: her key lets her in, and what she presses goes to the room.
import { Before } from "./before.js";
import { now } from "./clock.js";
import { Connection } from "./connection.js";
import { Desk } from "./desk.js";
import { onNewKey, takeKey } from "./key.js";
import { takeSheet } from "./sheets.js";

const before = new Before();
const state = { lang: document.documentElement.lang, languages: [], words: null, page: null, counts: null, since: now() };
const key = takeKey();
let desk = null;
let line = null;

function choose(lang) {
  state.lang = lang; // also for the next greeting, where this one does not get through
  line.send({ do: "lang", lang });
}

function take(message) {
  if (message.error === "key") {
    line.stop();
    before.say("wrong");
    return;
  }
  if (message.page) state.since = now();
  for (const part of ["lang", "languages", "words", "page", "counts"]) if (message[part]) state[part] = message[part];
  if (!state.page || !state.words) return;
  before.end();
  desk = desk ?? new Desk(document.getElementById("room"), { send: (asked) => line.state === "open" && line.send(asked), choose });
  document.documentElement.lang = state.lang;
  document.title = state.words.title;
  desk.show({ ...state });
  if (message.refused) desk.refuse(message.refused);
  if (message.sheet) {
    takeSheet(message);
    desk.arrive();
  }
}

onNewKey(() => {
  takeKey();
  location.reload();
});

if (key === null) before.say("missing");
else {
  line = new Connection({
    path: "ws",
    hello: () => ({ do: "hello", key, lang: state.lang }),
    onmessage: take,
    onstate: (now) => before.follow(now, state.words),
  });
}
