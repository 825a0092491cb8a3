// The fields for hands: one for each reaction and show of hands, with what is wrong at it, and their sum while one types.
import { el, fill } from "../../shared/dom.js";

// What was typed outlives a new drawing, until the kernel has noted other numbers.
function typedAt(card, page, which) {
  const key = `${page.position}/${which}`;
  const noted = JSON.stringify(page.hands[which]);
  let typed = card.picked.get(key);
  if (typed?.noted !== noted) {
    typed = { noted, texts: new Map(Object.entries(page.hands[which]).map(([option, number]) => [option, String(number)])) };
    card.picked.set(key, typed);
  }
  return typed.texts;
}

export function forgetTyped(card, page) {
  for (const which of Object.keys(page.hands)) card.picked.delete(`${page.position}/${which}`);
}

export class Fields {
  constructor(card, page, submit) {
    this.card = card;
    this.page = page;
    this.submit = submit;
    this.inputs = [];
    this.shows = Object.keys(page.hands).map((which) => ({
      which,
      typed: typedAt(card, page, which),
      total: el("p", { class: "ek-total" }),
    }));
    this.add();
  }

  // The fields of one reaction.
  of(option, letter) {
    return this.shows.map((show) => this.drawField(show, option, letter));
  }

  drawField({ which, typed }, option, letter) {
    const { card, page } = this;
    const wrong = page.wrong[which]?.[option];
    const id = `ek-${card.name}-${which}-${letter}`;
    const label = fill(card.words("hands"), { letter });
    const name = which === "first" ? card.words("first") : card.words("second");
    const input = el("input", {
      class: "ek-hands",
      type: "text",
      inputmode: "numeric",
      maxlength: 4,
      autocomplete: "off",
      value: typed.get(option) ?? "",
      "aria-label": this.shows.length > 1 ? `${label}, ${name}` : label,
      "aria-invalid": wrong ? "true" : null,
      "aria-describedby": wrong ? id : null,
    });
    input.addEventListener("input", () => {
      typed.set(option, input.value);
      this.add();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      const next = this.inputs[this.inputs.indexOf(input) + 1];
      if (!next) return this.submit();
      next.focus();
      next.select();
    });
    this.inputs.push(input);
    return el("span", { class: "ek-field" }, input, wrong ? el("span", { class: "ek-wrong", id }, wrong) : null);
  }

  add() {
    for (const { typed, total } of this.shows) {
      const numbers = [...typed.values()].filter((text) => /^\s*\d+\s*$/.test(text));
      total.textContent = numbers.length ? fill(this.card.words("total"), { count: numbers.reduce((sum, text) => sum + Number(text), 0) }) : "";
    }
  }

  get totals() {
    return this.shows.map(({ total }) => total);
  }

  // What is typed; sure, once all that is empty was asked about.
  read() {
    const { question, wrong, asked } = this.page;
    const hands = {};
    let sure = Boolean(asked);
    for (const { which, typed } of this.shows) {
      hands[which] = {};
      for (const { id: option } of question.options) {
        const text = (typed.get(option) ?? "").trim();
        if (text !== "") hands[which][option] = /^\d+$/.test(text) ? Number(text) : text;
        else if (!wrong[which]?.[option]) sure = false;
      }
    }
    return { hands, sure };
  }

  // After a refusal: the wrong field; after a question, where one was, so that a second press answers it.
  focusAfter(refused, button) {
    if (!refused) return;
    const before = document.activeElement;
    const fields = [...this.card.main.querySelectorAll(".ek-hands")];
    const place = fields.indexOf(before);
    queueMicrotask(() => {
      const invalid = this.inputs.find((input) => input.hasAttribute("aria-invalid"));
      const target = this.page.asked ? (this.inputs[place] ?? button) : invalid;
      target?.focus();
    });
  }
}
