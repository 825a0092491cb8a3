// The steps: the next thing to do as one large button, then the way back from the last step, then every step in a place of its own.
// A button keeps its place and its meaning; what is not possible now says why. What cannot be undone is asked once more.
import { now, remaining } from "../shared/clock.js";
import { button } from "../shared/controls.js";
import { el, fill, put } from "../shared/dom.js";

const CALM = 600; // ms in which a button does not act: its meaning may have changed under a finger that is pressing already
const PATIENCE = 6000; // ms until a step that has no answer can be pressed again

export class Steps {
  // send(message) returns whether it went out; say(text) tells what is the matter.
  constructor({ send, say }) {
    this.send = send;
    this.say = say;
    this.next = el("span", { class: "control-main-hint" });
    this.name = el("span", {});
    this.main = button("", (event) => this.press(event, this.page.main ?? { why: this.words.finished }), { class: "ek-button ek-primary control-main", "data-control": "main" });
    this.main.append(this.next, " ", this.name);
    this.back = button("", (event) => this.takeBack(event), { class: "ek-button control-take-back", "data-control": "take_back" });
    this.places = el("div", { class: "control-places", role: "group" });
    this.buttons = new Map();
    const calm = () => this.calm(this.node);
    this.dialog = el("dialog", { class: "control-asked", oncancel: calm, onclose: calm });
    this.node = el("div", { class: "control-steps", onkeydown: (event) => this.held(event) }, this.main, this.back, this.places, this.dialog);
    this.busy(false);
  }

  // since is when the page came.
  show(page, words, since) {
    const before = this.page;
    const moved = before && (before.position !== page.position || before.phase !== page.phase);
    Object.assign(this, { page, words, since });
    if (!before) this.lay(page);
    if (moved) {
      this.settle();
      this.dialog.close();
      this.calm(this.node);
    }
    put(this.next, page.main ? words.next_step : "");
    put(this.name, page.main ? page.main.text : words.finished);
    able(this.main, page.main);
    this.places.setAttribute("aria-label", words.steps);
    for (const [group, title] of Object.entries(page.step_groups)) this.groups[group].setAttribute("aria-label", title);
    for (const step of page.steps) {
      const node = this.buttons.get(step.name);
      put(node, step.text);
      able(node, step.send);
      node.classList.toggle("control-usual", step.primary);
    }
    this.tick();
  }

  // The places of all steps, which never change.
  lay(page) {
    this.groups = {};
    for (const group of Object.keys(page.step_groups)) this.groups[group] = el("div", { class: "control-group", role: "group" });
    for (const { name, group } of page.steps) {
      const node = button("", (event) => this.press(event, this.page.steps.find((step) => step.name === name)), { "data-control": name });
      this.buttons.set(name, node);
      this.groups[group].append(node);
    }
    this.places.replaceChildren(...Object.values(this.groups));
  }

  // How long the last step can still be taken back.
  get left() {
    return this.page?.take_back ? remaining(this.page.take_back.left, now() - this.since) : 0;
  }

  tick() {
    if (!this.page) return;
    const { left } = this;
    put(this.back, left ? fill(this.words.take_back_left, { seconds: left }) : this.words.take_back);
    able(this.back, left);
  }

  takeBack(event) {
    const { left } = this;
    this.press(event, left ? this.page.take_back : { why: this.words.nothing_back });
  }

  calm(node) {
    node.dataset.calm = "";
    clearTimeout(node.calming);
    node.calming = setTimeout(() => delete node.dataset.calm, CALM);
  }

  // A key that is held down presses a button again and again.
  held(event) {
    if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
  }

  press(event, step) {
    if (this.waiting || event.detail > 1 || this.node.dataset.calm !== undefined) return;
    if (!step.send) this.say(step.why);
    else if (step.ask) this.ask(step);
    else this.go(step);
  }

  ask(step) {
    // The event of closing comes a moment later; what is pressed in between would be lost.
    const close = () => {
      this.dialog.close();
      this.calm(this.node);
    };
    const no = button(this.words.no, close);
    const act = (event) => {
      if (event.detail > 1 || this.dialog.dataset.calm !== undefined) return;
      close();
      this.go(step);
    };
    const yes = button(this.words.yes, act, { class: "ek-button ek-primary" });
    this.dialog.setAttribute("aria-label", step.ask);
    this.dialog.replaceChildren(el("p", {}, step.ask), el("div", { class: "control-others" }, no, yes));
    this.calm(this.dialog);
    this.dialog.showModal();
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
    if (this.waiting) this.busy(false);
  }

  busy(waiting) {
    clearTimeout(this.timer);
    this.waiting = waiting;
    this.node.setAttribute("aria-busy", String(waiting));
  }
}

function able(node, possible) {
  node.setAttribute("aria-disabled", String(!possible));
}
