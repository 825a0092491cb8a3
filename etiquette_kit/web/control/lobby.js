// Before the first situation: what is to be prepared, item by item, and the next of it as the large button.
import { drawQr } from "../projector/joining.js";
import { button, refill } from "../shared/controls.js";
import { el } from "../shared/dom.js";
import { readTicks, writeTicks } from "./ticks.js";

// The item that comes next; null where all is done.
export function nextItem(items) {
  return items.find(({ done }) => !done) ?? null;
}

// What the room does not know by itself is ticked here.
export function withTicks(items, ticks) {
  return items.map((item) => ({ ...item, ticked: item.done === null, done: item.done ?? ticks.includes(item.name) }));
}

export class Lobby {
  // reach() opens the room to the network; print() fetches the run sheet.
  constructor({ reach, print }) {
    this.acts = { reach, print };
    this.ticks = readTicks();
    this.node = el("section", { class: "lobby", hidden: true });
  }

  // Return whether all is done, or there is nothing to do any more.
  show(page, words) {
    this.page = page;
    this.words = words;
    this.node.hidden = !page.lobby;
    const items = page.lobby ? withTicks(page.lobby.items, this.ticks) : [];
    const next = nextItem(items);
    const key = JSON.stringify([page.lobby, items, page.qr, page.links.screen, this.code]);
    if (page.lobby && key !== this.drawn) this.draw(items, next);
    this.drawn = key;
    return next === null;
  }

  draw(items, next) {
    const { title, ready } = this.page.lobby;
    const list = el("ul", { class: "lobby-items" }, items.map((item) => this.drawItem(item, item === next)));
    refill(this.node, [el("h2", { id: "lobby-title" }, title), list, next ? null : el("p", { class: "lobby-ready", role: "status" }, ready)]);
    this.node.setAttribute("aria-labelledby", "lobby-title");
  }

  drawItem(item, isNext) {
    const { name, text, why, done, ticked } = item;
    const id = `lobby-${name}`;
    const mark = ticked
      ? el("input", { type: "checkbox", id, checked: done, onchange: (event) => this.tick(name, event.target.checked), "data-control": id })
      : el("span", { class: "lobby-mark", "aria-hidden": "true" }, done ? "✓" : "");
    const label = ticked ? el("label", { for: id }, text) : el("p", {}, text, done ? el("span", { class: "ek-unseen" }, ` (${this.page.lobby.done})`) : null);
    const more = isNext ? [why ? el("p", { class: "lobby-why" }, why) : null, this.drawButton(item)] : [];
    return el("li", { class: done ? "lobby-item lobby-done" : "lobby-item", "data-item": name, "aria-current": isNext ? "step" : null }, mark, el("div", {}, label, more));
  }

  drawButton({ name, act, button: text }) {
    const attributes = { class: "ek-button ek-primary lobby-next", "data-control": "lobby-next" };
    const once = (action) => (event) => (event.detail > 1 ? event.preventDefault() : action()); // a double click does one thing
    if (act === "open_screen") return el("a", { ...attributes, href: this.page.links.screen, target: "_blank", rel: "noopener", onclick: once(() => {}) }, text);
    if (act === "tick") return button(text, once(() => this.tick(name, true)), attributes);
    if (act !== "show_code") return button(text, once(this.acts[act]), attributes);
    const show = () => {
      this.code = !this.code;
      this.show(this.page, this.words);
    };
    const shown = this.code ? drawQr(this.page, this.words) : null;
    return [button(this.code ? this.page.lobby.hide : text, show, { ...attributes, "aria-expanded": String(Boolean(this.code)) }), shown];
  }

  tick(name, done) {
    this.ticks = done ? [...new Set([...this.ticks, name])] : this.ticks.filter((other) => other !== name);
    writeTicks(this.ticks);
    this.onticked?.();
  }
}
