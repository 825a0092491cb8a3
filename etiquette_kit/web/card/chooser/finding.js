// The list of situations: a search, filters, and a row for each that fits, with a box to tick and the text to unfold.
import { button, refill } from "../../shared/controls.js";
import { el, put } from "../../shared/dom.js";
import { drawLabelled } from "./field.js";
import { drawFilter } from "./filter.js";
import { drawRead } from "./read.js";

export class Finding {
  constructor(card, page, leadToChosen) {
    this.card = card;
    this.leadToChosen = leadToChosen;
    this.entries = new Map(page.entries.map((entry) => [entry.id, entry]));
    this.search = el("input", { type: "search", class: "ek-search", maxlength: 200, placeholder: card.words("search_hint"), value: page.search });
    this.search.addEventListener("input", () => this.ask());
    this.filters = page.filters.map((filter) => drawFilter(card, filter, (name, value) => card.ask({ do: "filter", name, value }, { own: false })));
    this.found = el("p", { class: "ek-count", role: "status", "aria-live": "polite" });
    this.all = el("div", {});
    this.list = el("ul", { class: "ek-situations", "aria-label": card.words("list") });
    this.tally = el("div", { class: "ek-tally" });
    const words = drawLabelled(card, "search", card.words("search"), this.search);
    const narrow = el("div", { class: "ek-filters", role: "search", "aria-label": card.words("filters") }, words, this.filters.map(({ node }) => node));
    this.root = el("div", { class: "ek-finding" }, narrow, el("div", { class: "ek-found" }, this.found, this.all), this.list, this.tally);
  }

  // While an answer is due, what is typed waits: the answer shows that it is not the latest.
  ask() {
    if (!this.card.outbox.busy) this.card.ask({ do: "search", text: this.search.value }, { own: false });
  }

  update(page) {
    if (this.search !== document.activeElement) this.search.value = page.search;
    else if (this.search.value !== page.search) queueMicrotask(() => this.ask());
    for (const { name, select } of this.filters) select.value = page.chosen_filters[name];
    put(this.found, page.found);
    const narrowed = page.search || Object.values(page.chosen_filters).some(Boolean);
    const showAll = () => this.card.ask({ do: "show_all" }, { own: false });
    refill(this.all, [narrowed ? button(this.card.words("unfilter"), showAll, { class: "ek-button ek-small", "data-control": "all" }) : null]);
    const chosen = new Set(page.chosen.map(({ id }) => id));
    refill(this.list, page.shown.map((id) => this.drawRow(this.entries.get(id), page, chosen.has(id))));
    const lead = button(this.card.words("to_chosen"), this.leadToChosen, { class: "ek-button ek-small", "data-control": "to-chosen" });
    refill(this.tally, page.chosen.length ? [el("span", {}, page.summary), lead] : []);
  }

  drawRow({ id, title, about, pair }, page, ticked) {
    const isRead = page.read?.question.id === id;
    const box = el("input", { type: "checkbox", checked: ticked, "data-control": `tick-${id}` });
    box.addEventListener("change", () => this.card.ask({ do: "tick", id, on: box.checked }, { own: false }));
    const name = `ek-${this.card.name}-${id}`;
    const read = () => this.card.ask({ do: "read", id, open: !isRead }, { own: false });
    const details = { class: "ek-button ek-small", "aria-expanded": String(isRead), "aria-describedby": name, "data-control": `read-${id}` };
    const said = el("span", {}, el("strong", { id: name }, title), el("span", { class: "ek-about" }, about), pair ? el("span", { class: "ek-pair" }, pair) : null);
    return el(
      "li",
      { class: ticked ? "ek-row ek-ticked" : "ek-row" },
      el("label", { class: "ek-tick" }, box, said),
      button(isRead ? this.card.words("close") : this.card.words("read"), read, details),
      isRead ? drawRead(this.card, page) : null,
    );
  }
}
