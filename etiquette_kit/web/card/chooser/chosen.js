// What is chosen: in order, with buttons to move and to remove; its name, and the file that it is saved to or opened from.
import { button, refill } from "../../shared/controls.js";
import { el, fill, heading, put } from "../../shared/dom.js";
import { drawLabelled } from "./field.js";

const LARGEST = 100000; // characters

async function openFile(card, input) {
  const [file] = input.files;
  input.value = ""; // the same file can be chosen once more
  if (!file) return;
  const text = file.size > 4 * LARGEST ? "" : await file.text();
  if (file.size > 4 * LARGEST || text.length > LARGEST) card.say(card.words("too_large"), true);
  else card.ask({ do: "open", name: file.name.slice(0, 200), text });
}

export class Chosen {
  constructor(card) {
    this.card = card;
    const quietly = { own: false };
    this.title = heading(3, card.words("chosen"));
    this.summary = el("p", { class: "ek-length" });
    this.list = el("ol", { class: "ek-order", "aria-label": card.words("order") });
    this.said = el("p", { class: "ek-said", role: "status", "aria-live": "polite" });
    this.hint = el("p", { class: "ek-hint" });
    this.name = el("input", { class: "ek-name-field", maxlength: 80 });
    this.name.addEventListener("change", () => card.ask({ do: "rename", title: this.name.value }, quietly));
    // The browser writes its own button in its own language; this one is in the page's.
    const input = el("input", { type: "file", hidden: true, accept: ".toml,application/toml", onchange: () => openFile(card, input) });
    const save = button(card.words("save"), () => card.ask({ do: "save" }, quietly), { class: "ek-button ek-primary", "data-control": "save" });
    const open = button(card.words("open"), () => input.click(), { "data-control": "open" });
    this.clear = button(card.words("clear"), () => this.empty());
    this.filled = drawLabelled(card, "name", card.words("name"), this.name);
    this.save = save;
    this.root = el(
      "section",
      { class: "ek-chosen", "aria-label": card.words("chosen") },
      this.title,
      this.summary,
      this.list,
      this.said,
      this.hint,
      this.filled,
      el("div", { class: "ek-actions" }, save, open, this.clear, input),
    );
  }

  empty() {
    this.card.ask({ do: "clear" }, { own: false });
    this.title.focus();
  }

  update(page) {
    const held = this.list.contains(document.activeElement);
    put(this.summary, page.summary);
    const last = page.chosen.length - 1;
    refill(this.list, page.chosen.map((entry, place) => this.drawEntry(entry, place, last)));
    if (held && !this.list.contains(document.activeElement)) this.title.focus({ preventScroll: true });
    put(this.said, page.said);
    put(this.hint, page.hint);
    if (this.name !== document.activeElement) this.name.value = page.name;
    for (const part of [this.filled, this.save, this.clear, this.list]) {
      if (page.chosen.length) part.removeAttribute("hidden");
      else part.setAttribute("hidden", "");
    }
  }

  drawEntry({ id, title, short, pair }, place, last) {
    const move = (to, words, isEnd) => {
      const text = fill(words, { title });
      const act = () => isEnd || this.card.ask({ do: "move", id, to }, { own: false });
      return button(to === "up" ? "↑" : "↓", act, { "aria-label": text, title: text, "aria-disabled": isEnd ? "true" : null, "data-control": `${to}-${id}` });
    };
    const text = fill(this.card.words("remove"), { title });
    const off = () => this.card.ask({ do: "tick", id, on: false }, { own: false });
    return el(
      "li",
      { class: "ek-chosen-entry" },
      el("span", { class: "ek-place", "aria-hidden": "true" }, String(place + 1)),
      el("span", { class: "ek-chosen-text" }, el("strong", {}, title), el("span", { class: "ek-about" }, [short, pair].filter(Boolean).join(" · "))),
      el("span", { class: "ek-moves" }, move("up", this.card.words("up"), place === 0), move("down", this.card.words("down"), place === last), button("×", off, { "aria-label": text, title: text, "data-control": `off-${id}` })),
    );
  }
}
