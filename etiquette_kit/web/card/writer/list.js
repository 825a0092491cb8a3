// The list of situations: a search, filters, and a row for each that fits, as many as are asked for.
import { button, refill } from "../../shared/controls.js";
import { el, fill, heading, put } from "../../shared/dom.js";
import { drawLabelled } from "../chooser/field.js";
import { drawFilter } from "../chooser/filter.js";

const lists = new WeakMap(); // by card: its parts, which stay while only their contents change
const quietly = { own: false };

class ListView {
  constructor(card, scene) {
    this.card = card;
    this.scene = scene;
    this.title = heading(2, scene.title);
    this.search = el("input", { type: "search", class: "ek-search", maxlength: 200, placeholder: card.words("search_hint") });
    this.search.addEventListener("input", () => this.ask());
    this.filters = scene.filters.map((filter) => drawFilter(card, filter, (name, value) => card.ask({ do: "narrow", name, value }, quietly)));
    this.said = el("div", { class: "ek-said-row" }, (this.line = el("p", { class: "ek-said", role: "status", "aria-live": "polite" })), (this.back = el("div", {})));
    this.troubles = el("ul", { class: "ek-field-notes" });
    this.found = el("p", { class: "ek-count", role: "status", "aria-live": "polite" });
    this.all = el("div", {});
    this.list = el("ul", { class: "ek-situations", "aria-label": card.words("list") });
    this.more = el("div", { class: "ek-actions" });
    const write = button(card.words("new"), () => card.ask({ do: "new" }), { class: "ek-button ek-primary", "data-control": "new" });
    const words = drawLabelled(card, "search", card.words("search"), this.search);
    const narrow = el("div", { class: "ek-filters", role: "search", "aria-label": card.words("filters") }, words, this.filters.map(({ node }) => node));
    this.root = el(
      "div",
      { class: "ek-writer-list" },
      el("div", { class: "ek-chooser-head" }, this.title, write),
      el("p", { class: "ek-place-line" }, card.words("folder"), el("code", {}, scene.folder)),
      this.said,
      this.troubles,
      narrow,
      el("div", { class: "ek-found" }, this.found, this.all),
      this.list,
      this.more,
    );
  }

  // While an answer is due, what is typed waits: the answer shows that it is not the latest.
  ask() {
    if (!this.card.outbox.busy) this.card.ask({ do: "search", text: this.search.value }, quietly);
  }

  update(page) {
    const { card } = this;
    if (this.search !== document.activeElement) this.search.value = page.search;
    else if (this.search.value !== page.search) queueMicrotask(() => this.ask());
    for (const { name, select } of this.filters) select.value = page.chosen_filters[name];
    put(this.line, page.said);
    // The row is gone, and with it its button: what can be done now is to bring it back, wherever the page stands.
    if (page.bring_back && page.bring_back !== this.brought) queueMicrotask(() => this.back.querySelector("button")?.focus());
    this.brought = page.bring_back;
    refill(this.back, [page.bring_back ? button(card.words("bring_back"), () => card.ask({ do: "bring_back" }, quietly), { class: "ek-button ek-small", "data-control": "bring-back" }) : null]);
    refill(this.troubles, page.troubles.map((text) => el("li", { class: "ek-found-error" }, text)));
    put(this.found, page.found);
    const narrowed = page.search || Object.values(page.chosen_filters).some(Boolean);
    refill(this.all, [narrowed ? button(card.words("unfilter"), () => card.ask({ do: "show_all" }, quietly), { class: "ek-button ek-small", "data-control": "all" }) : null]);
    refill(this.list, page.rows.map((row) => this.drawRow(row)));
    refill(this.more, [page.more ? button(page.more, () => card.ask({ do: "more" }, quietly), { "data-control": "more" }) : null]);
    if (!page.surveyed) queueMicrotask(() => card.outbox.busy || card.ask({ do: "survey" }, quietly));
  }

  drawRow({ key, title, about, theme, state, state_text: stateText, is_new: isNew }) {
    const { card } = this;
    const open = button(title, () => card.ask({ do: "open", key }), { class: "ek-link", "aria-label": fill(card.words("open"), { title }), "data-control": `open-${key}` });
    const tool = (name, text, what) =>
      button(text, () => card.ask({ do: name, key }, { own: name === "duplicate" }), { class: "ek-button ek-small", "aria-label": fill(what, { title }), "data-control": `${name}-${key}` });
    const copy = isNew ? null : tool("duplicate", card.words("duplicate"), card.words("duplicate_what"));
    return el(
      "li",
      { class: "ek-row" },
      el("div", { class: "ek-row-text" }, open, el("span", { class: "ek-about" }, [about, theme].filter(Boolean).join(" · ")), stateText ? el("span", { class: `ek-draft-state ek-draft-state-${state}` }, stateText) : null),
      el("div", { class: "ek-row-tools" }, copy, tool("delete", card.words("delete"), card.words("delete_what"))),
    );
  }
}

export function listPage(card) {
  const scene = card.model.get("scene");
  if (lists.get(card)?.scene !== scene) lists.set(card, new ListView(card, scene));
  const view = lists.get(card);
  view.update(card.page);
  return { nodes: [view.root], focus: view.title };
}
