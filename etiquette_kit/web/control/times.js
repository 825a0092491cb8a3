// The time for a vote, and the time for talking.
import { button } from "../shared/controls.js";
import { el } from "../shared/dom.js";

export function drawTimer(timer, words, send) {
  const choices = timer.choices.map(([seconds, text]) => button(text, () => send({ ...timer.send, seconds }), { "data-control": `timer-${seconds}` }));
  return el("div", { class: "control-times", role: "group", "aria-label": words.timer }, choices);
}

export function drawTalk(talk, words, send) {
  const choices = talk.choices.map(([seconds, text]) =>
    button(text, () => send({ ...talk.send, seconds }), { "aria-pressed": String(seconds === talk.chosen), "data-control": `talk-${seconds}` }),
  );
  const act = (message, text, name) => button(text, () => message && send(message), { "aria-disabled": String(!message), "data-control": name });
  const now = talk.extend ? el("div", { class: "control-others" }, act(talk.extend, words.extend_talk, "extend"), act(talk.stop, words.stop_talk, "stop")) : null;
  return [now, el("div", { class: "control-times", role: "group", "aria-label": words.talk }, choices), el("p", { class: "room-muted" }, words.talk_hint)];
}
