// What the projector shows, drawn from plain values: no connection, so that whoever has the values can draw it.
//
//   drawScreen(host, page, counts, words, { lang, languages, since, choose, embedded })    draws, or brings up to date what is drawn
//   closeScreen(host)                                                            takes it away
import { now, remaining, spokenTime } from "../shared/clock.js";
import { button, drawLanguages, refill } from "../shared/controls.js";
import { el, heading, put } from "../shared/dom.js";
import { drawMeter } from "../shared/grade.js";
import { drawPerson, drawStem } from "../shared/situation.js";
import { drawTakeHome } from "../shared/take_home.js";
import { viewsOf } from "./answer_views.js";
import { drawEnd } from "./end_results.js";
import { drawAddress, drawJoining, drawQr } from "./joining.js";
import { drawReactions } from "./reactions.js";
import { fitType } from "./sizing.js";
import { drawTask } from "./task.js";

const SHORT = 10; // seconds; from here on the time is shown as urgent
const WIDE = 1.45; // width to height from which the flow has room beside the reactions
const COUNTED = ["vote", "closed", "discuss", "revote", "reclosed"];
const shown = new WeakMap(); // by host

class Screen {
  constructor(host, embedded) {
    const [head, stage, foot] = embedded ? ["div", "div", "div"] : ["header", "main", "footer"]; // a notebook has a page of its own around it
    this.view = "overview";
    this.bar = el(head, { class: "room-bar" });
    this.stage = el(stage, { class: "room-stage", tabindex: 0 });
    this.foot = el(foot, { class: "room-foot" });
    this.say = el("p", { class: "room-say", role: "status" });
    this.count = el("p", { class: "room-count" });
    this.meter = drawMeter(0);
    this.meter.classList.add("room-count-meter");
    this.time = el("p", { class: "room-time", role: "timer" });
    this.root = el("div", { class: "room room-screen", onkeydown: (event) => this.press(event) }, this.bar, this.stage, this.foot);
    this.fit = () => this.values && this.refit();
    this.sizes = new ResizeObserver(this.fit);
    this.sizes.observe(this.root);
    this.named = () => this.values && this.drawBar();
    document.addEventListener("fullscreenchange", this.named);
    this.ticking = setInterval(() => this.tick(), 250);
    host.append(this.root);
  }

  show(values) {
    const before = this.values;
    this.values = values;
    const { page, words, lang, languages, counts } = values;
    this.root.lang = lang;
    // Drawn again is only what is new: of two pages that differ in the time that is left, nothing.
    const drawn = JSON.stringify([{ ...page, left: null, version: null }, words, languages]);
    const anew = drawn !== this.drawn;
    this.drawn = drawn;
    if (anew) {
      const moved = before && (before.page.position !== page.position || before.page.phase !== page.phase);
      if (moved || !before || before.page.turns !== page.turns) this.view = page.view;
      this.drawBar();
      this.drawStage();
      this.drawFoot();
    }
    put(this.say, page.say);
    this.drawCounts(counts, page);
    this.tick();
    if (anew) this.refit();
  }

  get wide() {
    return this.root.clientWidth >= WIDE * this.root.clientHeight;
  }

  refit() {
    if (this.values.page.revealed && this.wide !== this.drawnWide) this.drawStage();
    fitType(this.root, this.stage);
  }

  drawBar() {
    const { page, words, lang, languages, choose } = this.values;
    const full = document.fullscreenElement ? words.fullscreen_end : words.fullscreen;
    const fullscreen = document.fullscreenEnabled ? button(full, () => this.toggleFullscreen(), { "data-control": "fullscreen" }) : null;
    refill(this.bar, [
      page.progress ? el("p", { class: "room-progress" }, page.progress) : null,
      this.say,
      el("div", { class: "room-controls" }, drawLanguages(languages, { lang, label: words.languages }, choose), fullscreen),
    ]);
  }

  toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen().catch((error) => console.warn("no full screen here", error));
  }

  drawStage() {
    const { page, words } = this.values;
    this.drawnWide = this.wide;
    this.root.dataset.phase = page.phase;
    this.root.dataset.view = page.revealed ? this.view : "";
    this.stage.replaceChildren(...this.stageOf(page, words));
    this.stage.scrollTop = 0;
  }

  stageOf(page, words) {
    if (this.joining || page.phase === "lobby") return [drawJoining(page, words)];
    if (page.end) return [...drawEnd(page.end, words), page.take_home ? drawTakeHome(page.take_home, 2) : null].filter(Boolean);
    if (page.task) return drawTask(page.task, page.writing);
    if (page.revealed) {
      const views = viewsOf(page, words, this.drawnWide);
      const [, , draw] = views.find(([id]) => id === this.view) ?? views[1];
      return draw();
    }
    if (!page.question) return [];
    const { question, letters, discuss } = page;
    const talk = discuss
      ? el("section", { class: "room-talk" }, heading(2, discuss.title), el("p", { class: "room-lead" }, discuss.lead), el("ul", {}, discuss.questions.map((text) => el("li", {}, text))))
      : null;
    const situation = el("div", { class: "room-situation" }, drawPerson(question), heading(1, question.title), drawStem(question));
    return [talk, el("div", { class: "room-asked" }, situation, drawReactions(question, letters))].filter(Boolean);
  }

  drawFoot() {
    const { page, words } = this.values;
    const parts = [];
    if (page.take_home) this.joining = false; // two codes on one page, and people would scan the wrong one
    else if (page.phase !== "lobby") {
      const toggle = () => {
        this.joining = !this.joining;
        this.drawStage();
        this.drawFoot();
        this.refit();
      };
      const name = this.joining ? words.qr_close : words.qr_large;
      parts.push(
        el("button", { type: "button", class: "room-corner", onclick: toggle, "aria-label": name, "aria-pressed": String(Boolean(this.joining)), "data-control": "qr" }, drawQr(page, words)),
        el("div", { class: "room-join-text" }, drawAddress(page, words)),
      );
    } else this.joining = false;
    if (page.revealed && !this.joining) parts.push(this.drawViews());
    else parts.push(el("div", { class: "room-counted" }, this.count, this.meter));
    refill(this.foot, [...parts, this.time]);
  }

  drawViews() {
    const { page, words } = this.values;
    const views = viewsOf(page, words, this.drawnWide);
    const place = this.place(views);
    const choices = views.map(([id, name, , label], index) =>
      button(name, () => this.turn(id), { class: "ek-button room-view", "aria-label": label, "aria-current": index === place ? "page" : null, "data-control": id }),
    );
    return el("nav", { class: "room-views", "aria-label": words.views }, choices, el("p", { class: "room-keys" }, words.keys));
  }

  place(views) {
    return Math.max(views.findIndex(([id]) => id === this.view), views.some(([id]) => id === this.view) ? 0 : 1);
  }

  turn(view) {
    this.view = view;
    this.drawStage();
    this.drawFoot();
    this.refit();
  }

  // The keys of a keyboard, and those that a presenter's remote sends.
  press(event) {
    const { page, words } = this.values ?? {};
    if (!page?.revealed || this.joining || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const views = viewsOf(page, words, this.drawnWide);
    const to = views[this.place(views) + step];
    if (to) this.turn(to[0]);
  }

  drawCounts(counts, page) {
    const counting = COUNTED.includes(page.phase);
    put(this.count, counts && (counting || page.phase === "lobby") ? counts.text : "");
    this.meter.hidden = !(counts && counting && page.open);
    if (!this.meter.hidden) this.meter.firstChild.style.inlineSize = `${Math.min(100, (100 * counts.voted) / Math.max(1, counts.present))}%`;
  }

  tick() {
    const { page, words, since } = this.values ?? {};
    const running = page && page.left !== null && page.left !== undefined;
    this.time.hidden = !running;
    if (!running) return;
    const seconds = remaining(page.left, now() - since);
    const over = !page.open && !seconds; // a talk that may go on, and so is not urgent either
    this.time.classList.toggle("room-short", page.open && seconds <= SHORT);
    this.time.classList.toggle("room-over", over);
    this.time.setAttribute("aria-label", words.time);
    put(this.time, over ? words.time_over : spokenTime(seconds));
  }

  close() {
    clearInterval(this.ticking);
    this.sizes.disconnect();
    document.removeEventListener("fullscreenchange", this.named);
    this.root.remove();
  }
}

// Draw a page, or bring up to date what is drawn; ``since`` is when its ``left`` was true, ``choose`` is told which language is wanted.
export function drawScreen(host, page, counts, words, { lang, languages = [], since = now(), choose = () => {}, embedded = false }) {
  if (!shown.has(host)) shown.set(host, new Screen(host, embedded));
  const screen = shown.get(host);
  screen.show({ page, counts, words, lang, languages, since, choose });
  return screen;
}

export function closeScreen(host) {
  shown.get(host)?.close();
  shown.delete(host);
}
