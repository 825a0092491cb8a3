// The facilitator's page: her key lets her in, and what she presses goes to the room.
import { now } from "../shared/clock.js";
import { Connection } from "../shared/connection.js";
import { ConnectionNotice } from "../shared/connection_notice.js";
import { ControlPage } from "./control_page.js";
import { onNewKey, takeKey } from "./key.js";
import { takeSheet } from "./sheets.js";

const notice = new ConnectionNotice();
const state = { lang: document.documentElement.lang, languages: [], words: null, page: null, counts: null, since: now() };
const key = takeKey();
let drawn = null;
let connection = null;

function choose(lang) {
  state.lang = lang; // also for the next greeting, where this one does not get through
  connection.send({ do: "lang", lang });
}

function take(message) {
  if (message.error === "key") {
    connection.stop();
    notice.say("wrong");
    return;
  }
  if (message.page) state.since = now();
  for (const part of ["lang", "languages", "words", "page", "counts"]) if (message[part]) state[part] = message[part];
  if (!state.page || !state.words) return;
  notice.end();
  drawn = drawn ?? new ControlPage(document.getElementById("room"), { send: (asked) => connection.state === "open" && connection.send(asked), choose });
  document.documentElement.lang = state.lang;
  document.title = state.words.title;
  drawn.show({ ...state });
  if (message.refused) drawn.refuse(message.refused);
  if (message.sheet) {
    takeSheet(message);
    drawn.arrive(message.sheet);
  }
}

onNewKey(() => {
  takeKey();
  location.reload();
});

if (key === null) notice.say("missing");
else {
  connection = new Connection({
    path: "ws",
    hello: () => ({ do: "hello", key, lang: state.lang }),
    onmessage: take,
    onstate: (current) => notice.follow(current, state.words),
  });
}
