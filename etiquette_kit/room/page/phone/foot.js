// The foot: what to do now, how one's vote stands, how much time is left, and whether the room can be heard. What changes is
// said once to a screen reader, by a line that cannot be seen.
import { el, fill, put } from "./dom.js";

const CALM = 700; // ms: what changes more often than that is said only at last
const WARNING = 10; // seconds left at which that is said
const BANNER = 2000; // ms without connection until the page speaks of it

export class Foot {
  constructor() {
    this.banner = el("p", { class: "banner", hidden: true });
    this.todo = el("p", { class: "say" });
    this.timer = el("p", { class: "timer", role: "timer", hidden: true });
    this.vote = el("p", { class: "vote" });
    this.said = el("p", { class: "unseen", role: "status" });
    this.node = el("footer", { class: "foot", hidden: true }, this.banner, el("div", {}, this.todo, this.timer), this.vote);
    document.body.append(this.node, this.said);
    this.parts = {};
    this.ends = null;
    setInterval(() => this.tick(), 500);
    addEventListener("resize", () => this.fit());
  }

  // Say a part of what there is to say; what is said together is put together.
  tell(part, text) {
    this.parts[part] = text;
    clearTimeout(this.calm);
    this.calm = setTimeout(() => {
      this.said.textContent = ["situation", "todo", "vote", "time", "line"].map((name) => this.parts[name]).filter(Boolean).join(" ");
      this.parts = {};
    }, CALM);
  }

  show({ page, words }, { kind, text }) {
    this.words = words;
    this.node.hidden = false;
    if (this.todo.textContent !== page.say) {
      put(this.todo, page.say);
      this.tell("todo", page.say);
    }
    this.node.dataset.vote = kind;
    if (this.vote.textContent !== text) {
      put(this.vote, text);
      if (kind !== "sending") this.tell("vote", text);
    }
    this.ends = page.left === null ? null : page.arrived + page.left * 1000;
    this.tick();
    this.fit();
  }

  tick() {
    this.timer.hidden = this.ends === null;
    if (this.ends === null) return;
    const left = Math.max(0, Math.ceil((this.ends - Date.now()) / 1000));
    put(this.timer, `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
    this.timer.setAttribute("aria-label", fill(this.words.left, { count: left }));
    if (this.warned !== this.ends && left && left <= WARNING) {
      this.warned = this.ends;
      this.tell("time", fill(this.words.left, { count: left }));
    }
  }

  // Speak of a connection that is away for longer than a moment.
  line(state, words) {
    clearTimeout(this.away);
    const put = (text) => {
      this.banner.hidden = !text;
      this.banner.textContent = text;
      this.fit();
    };
    if (state === "open") {
      if (!this.banner.hidden) this.tell("line", words.back);
      put("");
      return;
    }
    this.away = setTimeout(() => {
      put(words[state]);
      this.tell("line", words[state]);
    }, BANNER);
  }

  // What has the focus is not to lie under the foot, and the foot is not to take half of the screen.
  fit() {
    const height = this.node.offsetHeight;
    this.node.classList.toggle("flowing", height > innerHeight * 0.4);
    document.documentElement.style.scrollPaddingBottom = `${height + 12}px`;
  }
}
