// What of the answers is saved: said at the foot of the quiz, and tried again while something is not.
import { button } from "../shared/controls.js";
import { el, fill } from "../shared/dom.js";
import { learnerKey, onOtherPerson } from "./learner_key.js";

const RETRY = 5000; // ms between two attempts to save what is not saved yet

export function greet(card) {
  const report = (action) => card.ask(action, { own: false });
  report({ do: "hello", key: learnerKey() });
  const forget = onOtherPerson(() => report({ do: "hello", key: learnerKey(), anew: true }));
  const retry = setInterval(() => {
    if (card.model.get("save_status").trouble && !card.outbox.busy) report({ do: "save" });
  }, RETRY);
  return () => {
    forget();
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
