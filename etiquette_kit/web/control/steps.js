// The steps: the usual way on as one large button, the others smaller. What cannot be undone is asked once more, in their place.
import { button, refill } from "../shared/controls.js";
import { el } from "../shared/dom.js";

const CALM = 600; // ms in which a new button does not act: it may have come under a finger that is pressing already
const PATIENCE = 6000; // ms until a step that has no answer can be pressed again

export class Steps {
  // send(message) returns whether it went out; say(text) tells what is the matter.
  constructor({ send, say }) {
    this.send = send;
    this.say = say;
    this.node = el("div", { class: "control-steps", onkeydown: (event) => this.held(event) });
    this.shown = null;
  }

  show(steps, words) {
    this.words = words;
    const drawn = JSON.stringify([steps, words]);
    if (drawn === this.shown) return;
    const first = this.shown === null;
    this.shown = drawn;
    this.steps = steps;
    this.busy(false);
    if (!first) this.calm();
    const inside = this.node.contains(document.activeElement);
    this.draw();
    if (inside) this.node.querySelector("button")?.focus();
  }

  draw() {
    const drawn = this.steps.map((step, index) =>
      button(step.text, (event) => this.press(event, step), { class: step.primary ? "ek-button ek-primary control-main" : "ek-button", "data-control": String(index) }),
    );
    const [main, others] = [drawn.filter((_, index) => this.steps[index].primary), drawn.filter((_, index) => !this.steps[index].primary)];
    refill(this.node, [...main, el("div", { class: "control-others" }, others)]);
  }

  calm() {
    this.node.dataset.calm = "";
    clearTimeout(this.calming);
    this.calming = setTimeout(() => delete this.node.dataset.calm, CALM);
  }

  // A key that is held down presses a button again and again.
  held(event) {
    if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
  }

  press(event, step) {
    if (this.waiting || event.detail > 1 || this.node.dataset.calm !== undefined) return;
    if (step.ask) this.ask(step);
    else this.go(step);
  }

  ask(step) {
    const from = this.steps.indexOf(step);
    const back = () => {
      this.draw();
      this.node.querySelector(`[data-control="${from}"]`).focus();
    };
    const no = button(this.words.no, back);
    const yes = button(this.words.yes, (event) => event.detail < 2 && this.go(step), { class: "ek-button ek-primary" });
    const group = el(
      "div",
      { class: "control-asked", role: "group", "aria-label": step.ask, onkeydown: ({ key }) => key === "Escape" && back() },
      el("p", {}, step.ask),
      el("div", { class: "control-others" }, no, yes),
    );
    this.node.replaceChildren(group);
    no.focus();
  }

  go(step) {
    if (this.waiting) return;
    if (!this.send(step.send)) {
      this.say(this.words.not_sent);
      return;
    }
    this.say("");
    this.busy(true);
    this.timer = setTimeout(() => {
      this.busy(false);
      this.say(this.words.not_sent);
    }, PATIENCE);
  }

  // The answer to a step has come: a new page, or a refusal.
  settle() {
    if (!this.waiting) return;
    this.busy(false);
    if (!this.node.querySelector("[data-control]")) {
      this.draw();
      this.node.querySelector("button").focus();
    }
  }

  busy(waiting) {
    clearTimeout(this.timer);
    this.waiting = waiting;
    this.node.setAttribute("aria-busy", String(waiting));
  }
}

export function drawTimer(timer, words, send) {
  const choices = timer.choices.map(([seconds, text]) => button(text, () => send({ ...timer.send, seconds }), { "data-control": `timer-${seconds}` }));
  return el("div", { class: "control-times", role: "group", "aria-label": words.timer }, choices);
}
