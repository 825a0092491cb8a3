// Keeping answers: the token that says whose they are, what is saved, and another attempt while something is not.
import { button, el, fill } from "./dom.js";

const KEY = "etiquette-kit-key";
const CHANGED = "etiquette-kit-key-changed";
const RETRY = 5000; // ms between two attempts to save what is not saved yet

let passing = null; // where storage is forbidden, the token lasts as long as the page

function store(key) {
  passing = key;
  try {
    localStorage.setItem(KEY, key);
  } catch (error) {
    console.info("no local storage: after a reload nobody knows whose answers these are", error);
  }
  return key;
}

function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function myKey() {
  try {
    return localStorage.getItem(KEY) ?? store(passing ?? freshKey());
  } catch {
    return passing ?? store(freshKey());
  }
}

// Someone else sits down: all quizzes on this page, and in other tabs, begin anew for her.
export function changePerson() {
  store(freshKey());
  window.dispatchEvent(new Event(CHANGED));
}

export function greet(card) {
  const report = (action) => card.ask(action, { own: false });
  report({ do: "hello", key: myKey() });
  const anew = () => report({ do: "hello", key: myKey(), anew: true });
  const elsewhere = ({ key }) => key === KEY && anew();
  window.addEventListener(CHANGED, anew);
  window.addEventListener("storage", elsewhere);
  const retry = setInterval(() => {
    if (card.model.get("save_status").trouble && !card.line.busy) report({ do: "save" });
  }, RETRY);
  return () => {
    window.removeEventListener(CHANGED, anew);
    window.removeEventListener("storage", elsewhere);
    clearInterval(retry);
  };
}

export function moment(iso, lang) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(lang, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(at);
}

// What stands at the foot of the quiz, and what the page must say at its head.
export function drawSaved(card) {
  const { saved, text = "", trouble = "" } = card.model.get("save_status");
  card.warn(trouble);
  if (saved === undefined) return [];
  const since = card.model.get("since");
  const told = text && fill(text, { since: moment(since, card.model.get("lang")) });
  const mine = card.page.kind === "mine" ? null : button(card.words("mine"), () => card.ask({ do: "mine" }), { class: "ek-button ek-small" });
  return [el("p", { class: "ek-saved" }, told), mine];
}
