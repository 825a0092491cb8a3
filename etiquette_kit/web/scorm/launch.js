// The page that a learning management system opens: it has the session with the system, and the pages of the site in a frame, so that going
// from one of them to another ends nothing.
import { randomHex } from "../shared/random_hex.js";
import { waitForApi } from "./api.js";
import { Session } from "./session.js";

const words = JSON.parse(document.getElementById("words").textContent);
const frame = document.querySelector("iframe");
const note = document.querySelector(".ek-launch-note");
let session = null;
let said = "";
let lang = chosen("");

// The language that was chosen before, or the browser's; a page of the site may have another one, and says so.
function chosen(before) {
  const wanted = [before, ...(navigator.languages ?? [navigator.language])].map((tag) => String(tag).split("-")[0].toLowerCase());
  return wanted.find((tag) => tag in words) ?? Object.keys(words)[0];
}

function say(key) {
  said = key;
  const text = key ? words[lang][key] : "";
  document.documentElement.lang = lang;
  frame.title = words[lang].frame;
  if (note.textContent !== text) note.textContent = text;
}

function post(message) {
  frame.contentWindow.postMessage(message, location.origin);
}

function speak(shown) {
  if (!(shown in words)) return;
  lang = shown;
  session?.speak(lang);
  say(said);
}

const MESSAGES = {
  begin: () => post({ do: "attempt", attempt: session && { token: session.kept.token, round: session.kept.round } }),
  language: () => {},
  report: ({ report }) => session?.report(report),
};

window.addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== location.origin || !Object.hasOwn(MESSAGES, data?.do)) return;
  speak(data.lang);
  MESSAGES[data.do](data);
});
window.addEventListener("pagehide", () => session?.finish());
window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // its session is over
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && session?.flush());

async function launch() {
  say("connecting");
  const { api, isThere } = await waitForApi(window, Session.begin);
  say(api ? "" : isThere ? "refused" : "outside");
  if (api) {
    session = new Session(api, randomHex(16), say);
    lang = chosen(session.kept.lang);
    if (!session.isWritten) say("review");
  }
  frame.src = session?.kept.lang ? `index.html#${lang}` : "index.html";
}

launch();
