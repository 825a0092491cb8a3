// At the foot of the page: what to do, how one's vote stands, the time left, the connection. A line out of sight says what changes, once.
import { remaining, spokenTime } from "../shared/clock.js";
import { el, fill, put } from "../shared/dom.js";

const CALM = 700; // ms: of what changes more often than that, the last is said
const WARNING = 10; // seconds left at which that is said
const BANNER = 2000; // ms without a connection until the page speaks of it

export class StatusBar {
  constructor() {
    this.banner = el("p.banner", { hidden: true });
    this.todo = el("strong");
    this.timer = el("span", { role: "timer" });
    this.vote = el("p.vote");
    this.said = el("p.unseen", { role: "status" });
    this.below = el("button.button.below", { hidden: true, onclick: () => this.lead() });
    this.node = el("footer", { hidden: true }, this.banner, el("div.row", {}, this.todo, this.timer), this.below, this.vote);
    document.body.append(this.node, this.said);
    this.parts = {};
    this.ends = 0;
    setInterval(() => this.tick(), 500);
    addEventListener("resize", () => this.fit());
    addEventListener("scroll", () => this.look());
  }

  // What is told together is said together.
  tell(part, text) {
    this.parts[part] = text;
    clearTimeout(this.calm);
    this.calm = setTimeout(() => {
      this.said.textContent = Object.values(this.parts).join(" ");
      this.parts = {};
    }, CALM);
  }

  show({ page, words }, kind, text) {
    this.words = words;
    this.node.hidden = false;
    this.node.dataset.vote = kind;
    if (put(this.todo, page.say)) this.tell("todo", page.say);
    put(this.below, words.below);
    if (put(this.vote, text) && kind !== "sending") this.tell("vote", text);
    this.over = !page.open && words.time_over; // of a talk, which may go on
    this.ends = page.left === null ? 0 : page.arrived + page.left * 1000;
    this.tick();
    this.fit();
  }

  tick() {
    this.timer.hidden = !this.ends;
    const left = remaining(this.ends / 1000, Date.now() / 1000);
    const over = this.ends && !left && this.over;
    const changed = put(this.timer, over || spokenTime(left));
    if (changed && over) this.tell("time", over);
    if (changed && left === WARNING) this.tell("time", fill(this.words.left, { count: left }));
  }

  // Speak of a connection that is away for more than a moment.
  follow(text, away) {
    clearTimeout(this.away);
    if (this.banner.hidden && !away) return;
    this.away = setTimeout(() => {
      this.banner.hidden = !away;
      this.banner.textContent = text;
      this.tell("connection", text);
      this.fit();
    }, away ? BANNER : 0);
  }

  // It covers neither the focus nor half of the screen.
  fit() {
    const height = this.node.offsetHeight;
    this.node.classList.toggle("flowing", height > innerHeight / 2);
    document.documentElement.style.scrollPadding = `12px 0 ${height + 12}px`;
    this.look();
  }

  // While the reactions to a vote are further down, out of sight, it leads to them.
  look() {
    const top = (node) => node.getBoundingClientRect().top;
    this.first = document.querySelector("[data-open=true] .option");
    this.below.hidden = !this.first || top(this.first) < top(this.node);
  }

  lead() {
    this.first.parentNode.scrollIntoView(); // without motion, so that nothing is tapped that moves
    this.first.firstChild.focus({ preventScroll: true });
  }
}
