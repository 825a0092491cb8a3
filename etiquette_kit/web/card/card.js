// The card: draws the page that the kernel describes, and reports what was done. It keeps no state of its own but the
// option that is picked and not yet sent.
import { drawLanguages, refill } from "../shared/controls.js";
import { el } from "../shared/dom.js";
import { Outbox } from "./outbox.js";
import { followTheme } from "./theme.js";

// JupyterLab takes the arrow keys, Enter and single letters for commands to the notebook, unless what has the focus says no.
function keepKeys({ target }) {
  target.dataset.lmSuppressShortcuts = "true";
}

class Card {
  constructor(model, host, pages, foot) {
    this.model = model;
    this.pages = pages;
    this.name = Math.random().toString(36).slice(2); // tells it from the others on a page
    this.drawFoot = foot;
    this.picked = new Map();
    this.shown = "";
    this.moved = false;
    this.status = el("div", { class: "ek-status", role: "status", "aria-live": "polite" });
    this.bar = el("div", { class: "ek-bar" });
    this.trouble = el("div", { class: "ek-status ek-urgent", role: "status", "aria-live": "polite" });
    this.main = el("div", { class: "ek-main" });
    this.foot = el("div", { class: "ek-below" });
    this.drawn = [];
    this.queue = [];
    this.root = el("section", { class: "ek", onfocusin: keepKeys }, this.bar, this.status, this.trouble, this.main, this.foot);
    this.outbox = new Outbox(model, this);
    this.unfollow = followTheme(this.root);
    this.onrev = () => this.draw();
    model.on("change:rev", this.onrev);
    this.onlanguage = ({ detail }) => this.followLanguage(detail.lang);
    window.addEventListener("etiquette-language", this.onlanguage);
    host.append(this.root);
    this.draw();
  }

  get page() {
    return { ...this.model.get("scene"), ...this.model.get("standing") };
  }

  words(key) {
    return this.model.get("words")[key];
  }

  // Report an action to the kernel; the answer is a new page. What is done while an answer is due follows it, so that no
  // click is lost; the second click of a double click, which says the same once more, is none. Only what somebody at the
  // page did herself takes her along.
  ask(action, { own = true } = {}) {
    if (this.outbox.busy) {
      const { n, ...last } = this.queue.at(-1)?.action ?? this.outbox.pending;
      if (JSON.stringify(action) !== JSON.stringify(last)) this.queue.push({ action, own });
      return;
    }
    this.moved = own;
    this.outbox.send(action);
  }

  say(text, urgent = false) {
    this.status.classList.toggle("ek-urgent", urgent);
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // Nobody answers; what is saved is there again whenever somebody does.
  sayGone() {
    const saved = this.model.get("save_status")?.text ? this.words("gone_saved") : null;
    this.say([this.words("gone"), saved].filter(Boolean).join(" "), true);
  }

  // What is wrong as long as it lasts, whatever else there is to say.
  warn(text) {
    if (this.trouble.textContent !== text) this.trouble.textContent = text;
  }

  draw() {
    this.outbox.settle(this.model.get("ack"));
    const lang = this.model.get("lang");
    if (this.root.lang !== lang) window.dispatchEvent(new CustomEvent("etiquette-language-shown", { detail: { lang } }));
    this.root.lang = lang;
    this.root.setAttribute("aria-label", this.words("card"));
    this.say(this.model.get("notice"));
    if (this.drawFoot) this.foot.replaceChildren(...this.drawFoot(this).filter(Boolean));
    const parts = ["scene", "standing", "feedback", "words"].map((name) => this.model.get(name));
    if (parts.every((part, place) => part === this.drawn[place])) this.moved = false;
    else this.drawPage(parts, lang);
    if (this.outbox.busy || !this.queue.length) return;
    const { action, own } = this.queue.shift();
    this.ask(action, { own });
  }

  drawPage(parts, lang) {
    this.drawn = parts;
    refill(this.bar, [this.drawProgress(), this.drawSwitch(lang)]);
    const page = this.page;
    const drawn = this.pages[page.kind](this, page);
    // A page that only changes its nodes inside keeps them: taken out and put back, they would lose the focus.
    if (drawn.nodes[0].parentNode !== this.main) this.main.replaceChildren(...drawn.nodes);
    const shown = [page.kind, page.position, page.round, page.phase, page.open, page.revealed].join(" ");
    // Only who went on herself is taken along; a page that the kernel changed on its own leaves the focus alone.
    if (this.moved && shown !== this.shown && this.shown) this.focus(drawn.focus);
    this.shown = shown;
    this.moved = false;
  }

  focus(target) {
    target.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  drawProgress() {
    const { progress } = this.page;
    if (!progress) return el("div", { class: "ek-progress" });
    const { done, total, text } = progress;
    const track = el("div", {
      class: "ek-track",
      role: "progressbar",
      "aria-label": this.words("progress"),
      "aria-valuemin": 0,
      "aria-valuemax": total,
      "aria-valuenow": done,
      "aria-valuetext": text,
    });
    const filled = el("div", { class: "ek-filled" });
    filled.style.inlineSize = `${(100 * done) / total}%`;
    track.append(filled);
    return el("div", { class: "ek-progress" }, el("span", { class: "ek-count", "aria-hidden": "true" }, text), track);
  }

  // A page around the card may have a switch for all of it.
  followLanguage(lang) {
    const offered = this.model.get("languages").some(({ code }) => code === lang);
    if (offered && lang !== this.model.get("lang")) this.ask({ do: "language", lang }, { own: false });
  }

  drawSwitch(lang) {
    const languages = this.model.get("languages").map(({ code, name }) => [code, name]);
    return drawLanguages(languages, { lang, label: this.words("switch") }, (code) => this.ask({ do: "language", lang: code }));
  }

  close() {
    this.model.off("change:rev", this.onrev);
    window.removeEventListener("etiquette-language", this.onlanguage);
    this.outbox.close();
    this.unfollow();
    this.root.remove();
  }
}

// What a card adds to its pages: a foot below them, and what it does once it is there, which returns how that ends.
export function show(model, host, pages, { foot, greet } = {}) {
  const card = new Card(model, host, pages, foot);
  const leave = greet?.(card);
  return () => {
    leave?.();
    card.close();
  };
}
