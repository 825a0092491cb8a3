// The form of a situation. Its fields stay while only their contents change, so that nobody loses the place while typing.
import { button, refill } from "../../shared/controls.js";
import { el, fill, heading, put } from "../../shared/dom.js";
import { drawFit } from "../../shared/grade.js";
import { drawClash, drawOthers } from "./clash.js";
import { drawNotes, FieldView } from "./field.js";
import { drawLearnersView } from "./preview.js";
import { typedIn } from "./typed.js";

const forms = new WeakMap(); // by card

function drawAction(card, { name, grade, verdict, tag, source, reason }) {
  return el(
    "li",
    { class: "ek-graded", "data-grade": grade },
    el("p", { class: "ek-verdict" }, grade === null ? null : drawFit(grade), el("strong", {}, name), el("span", {}, verdict), tag ? el("span", { class: "ek-tag" }, tag) : null),
    el("p", {}, reason),
    source ? el("p", { class: "ek-field-hint" }, source) : null,
  );
}

function drawStemParts(card, parts) {
  if (!parts) return [];
  const unsure = parts.some(({ told }) => told === "unsure");
  return [
    el("p", { class: "ek-runin" }, card.words("checklist")),
    el("ul", { class: "ek-checklist" }, parts.map(({ told, mark, text }) => el("li", { "data-told": told }, el("strong", {}, mark), " ", text))),
    unsure ? el("p", { class: "ek-field-hint" }, card.words("unsure_hint")) : null,
  ].filter(Boolean);
}

class FormView {
  constructor(card, choice) {
    this.card = card;
    this.choice = choice;
    this.typed = typedIn(card);
    this.fields = new Map();
    this.shown = [];
    this.typed.taken = () => this.shown.forEach((view) => view.update(card.page));
    this.title = heading(2, "");
    this.said = el("p", { class: "ek-said", role: "status", "aria-live": "polite" });
    this.trouble = el("div", {});
    this.optionNotes = el("ul", { class: "ek-field-notes" });
    this.body = el("div", { class: "ek-form-body" });
    this.preview = el("div", { class: "ek-preview-place" });
    this.summary = el("p", { class: "ek-summary-line", role: "status", "aria-live": "polite" });
    this.state = el("p", { class: "ek-state-line" });
    this.tools = el("div", { class: "ek-actions" });
    const back = button(card.words("to_list"), () => this.typed.ask({ do: "close" }), { "data-control": "to-list" });
    const bar = el("div", { class: "ek-form-bar" }, el("div", { class: "ek-form-lines" }, this.summary, this.said), this.tools);
    this.root = el("div", { class: "ek-writer-form" }, el("div", { class: "ek-chooser-head" }, this.title, back), this.state, this.trouble, this.body, this.preview, bar);
  }

  ask(action, own = false) {
    this.typed.ask(action, { own });
  }

  field(spec) {
    const known = this.fields.get(spec.name);
    const text = JSON.stringify(spec);
    if (known?.text === text) return known.view;
    const view = new FieldView(this.card, spec);
    this.fields.set(spec.name, { text, view });
    return view;
  }

  // The groups are drawn anew when their fields are others; what has the focus has it again.
  drawBody(scene) {
    const held = document.activeElement?.dataset?.control; // before its field moves
    this.scene = scene;
    this.shown = [];
    const groups = scene.groups.map((group) => this.drawGroup(group, scene));
    const texts = scene.groups.filter(({ name }) => name.startsWith("text."));
    const isText = (group) => group.root.dataset.group.startsWith("text.");
    const first = groups.findIndex(isText);
    const nodes = groups.filter((group) => !isText(group)).map(({ root }) => root);
    nodes.splice(first, 0, el("div", { class: texts.length > 1 ? "ek-texts ek-two" : "ek-texts" }, groups.filter(isText).map(({ root }) => root), this.drawLanguages(scene)));
    const add = scene.more_options ? button(this.card.words("add_option"), () => this.ask({ do: "option", step: "add" }), { "data-control": "add-option" }) : null;
    nodes.splice(nodes.length - 1, 0, this.optionNotes, el("div", { class: "ek-actions" }, add));
    this.body.replaceChildren(...nodes);
    if (held) [...this.body.querySelectorAll("[data-control]")].find((node) => node.dataset.control === held)?.focus({ preventScroll: true });
    this.groups = groups;
  }

  drawGroup({ name, title, hint, fields, place }, scene) {
    const notes = el("ul", { class: "ek-field-notes" });
    const views = fields.map((spec) => this.field(spec));
    this.shown.push(...views);
    const below = el("div", { class: "ek-group-below" });
    const tools = place === undefined ? null : this.drawOptionTools(place, scene);
    const two = scene.written.length > 1 && place !== undefined ? " ek-two" : "";
    const root = el(
      "section",
      { class: `ek-writer-group${two}`, "data-group": name, "aria-label": title },
      el("div", { class: "ek-group-head" }, heading(3, title), tools),
      hint ? el("p", { class: "ek-field-hint" }, hint) : null,
      notes,
      el("div", { class: "ek-writer-fields" }, views.map(({ root: node }) => node)),
      below,
    );
    return { name, root, notes, below };
  }

  drawOptionTools(place, scene) {
    const tool = (step, sign, words) => {
      const text = fill(words, { number: place + 1 });
      return button(sign, () => this.ask({ do: "option", step, place }), { "aria-label": text, title: text, "data-control": `${step}-${place}` });
    };
    return el(
      "div",
      { class: "ek-moves" },
      place > 0 ? tool("up", "↑", this.card.words("up")) : null,
      place < scene.last_place ? tool("down", "↓", this.card.words("down")) : null,
      tool("remove", "×", this.card.words("remove_option")),
    );
  }

  drawLanguages({ written, further }) {
    const add = further.map(({ code, text }) => button(fill(this.card.words("add_language"), { language: text }), () => this.ask({ do: "write_in", code, on: true }), { "data-control": `add-${code}` }));
    const leave = written.length < 2 ? [] : written.map(({ code, text }) => button(fill(this.card.words("remove_language"), { language: text }), () => this.ask({ do: "write_in", code, on: false }), { "data-control": `leave-${code}` }));
    return el("div", { class: "ek-actions ek-form-languages" }, add, leave);
  }

  update(page, scene) {
    const { card } = this;
    if (scene !== this.scene) this.drawBody(scene);
    put(this.title, page.heading);
    for (const view of this.shown) view.update(page);
    for (const { name, notes, below } of this.groups) {
      const own = name === this.groups[0].name ? [...(page.notes[name] ?? []), ...(page.notes.situation ?? [])] : (page.notes[name] ?? []);
      refill(notes, drawNotes(card, own));
      if (name.startsWith("text.")) refill(below, drawStemParts(card, page.checklists[name.slice(5)]));
      if (name === "facts") this.updateActions(below, page.actions);
    }
    refill(this.optionNotes, drawNotes(card, page.notes.option));
    put(this.summary, page.summary);
    put(this.state, page.state);
    put(this.said, page.said);
    const clashed = page.clash && !this.trouble.querySelector("[role=alert]");
    refill(this.trouble, [...drawClash(card, page, (action) => this.ask(action)), ...drawOthers(card, page, (action) => this.ask(action))]);
    if (clashed) card.focus(this.trouble.querySelector("h3"));
    this.updateTools(page);
    const opened = page.preview && !this.preview.childElementCount;
    refill(this.preview, page.preview ? [drawLearnersView(card, page.preview, { ask: (action) => this.ask(action), choice: this.choice })] : []);
    if (opened) card.focus(this.preview.querySelector("h3"));
  }

  // Unfolded, the actions stay so while one goes on choosing.
  updateActions(below, actions) {
    const open = below.querySelector("details")?.open ?? false;
    const list = el("ul", { class: "ek-results" }, actions.map((action) => drawAction(this.card, action)));
    const summary = el("summary", { "data-control": "actions" }, this.card.words("actions"));
    refill(below, actions.length ? [el("details", { class: "ek-actions-there", open }, summary, el("p", { class: "ek-field-hint" }, this.card.words("actions_hint")), list)] : []);
  }

  updateTools(page) {
    const { card } = this;
    const tool = (name, text, action, able, more = {}) => {
      const press = () => (able || (name === "save" && this.typed.waiting.size)) && this.ask(action, name === "play");
      return button(text, press, { "aria-disabled": able ? null : "true", "data-control": name, ...more });
    };
    refill(this.tools, [
      tool("save", card.words("save"), { do: "keep" }, page.can_save, { class: "ek-button ek-primary" }),
      tool("undo", card.words("undo"), { do: "undo" }, page.can_undo),
      page.preview ? tool("preview", card.words("preview_close"), { do: "preview", open: false }, true) : tool("preview", card.words("preview"), { do: "preview", open: true }, true),
      tool("play", card.words("play"), { do: "play", on: true }, page.can_play),
      page.can_drop ? tool("drop", card.words("drop"), { do: "drop" }, true) : null,
    ]);
  }
}

export function formPage(card, page, { choice }) {
  if (!forms.has(card)) forms.set(card, new FormView(card, choice));
  const view = forms.get(card);
  view.update(page, card.model.get("scene"));
  return { nodes: [view.root], focus: view.title };
}
