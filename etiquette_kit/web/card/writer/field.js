// A field of the form: its label, its control, how many words it has, and what is found in it.
import { refill } from "../../shared/controls.js";
import { el, put } from "../../shared/dom.js";
import { typedIn } from "./typed.js";

const ROOM = 20000; // characters, as in the kernel

// Put the kernel's text into a control, with the caret at the same distance from the end: what is pasted may come back shorter.
function take(control, text) {
  if (control.value === text) return;
  const behind = control.value.length - (control.selectionEnd ?? control.value.length);
  control.value = text;
  if (control !== document.activeElement || control.selectionEnd === undefined) return;
  const place = Math.max(0, text.length - behind);
  control.setSelectionRange(place, place);
}

// A text area is as high as its text; where the style sheet sees to that, it stays so when the page gets another width.
function grow(area) {
  if (globalThis.CSS?.supports?.("field-sizing", "content")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

export function drawNotes(card, notes = []) {
  return notes.map(({ weight, text }) => {
    const name = weight === "error" ? card.words("weight_error") : card.words("weight_warning");
    const lead = weight === "missing" ? null : el("strong", {}, `${name}: `);
    return el("li", { class: `ek-found-${weight}` }, lead, text);
  });
}

export class FieldView {
  constructor(card, field) {
    this.card = card;
    this.field = field;
    this.id = `ek-${card.name}-${field.name.replaceAll(".", "-")}`;
    this.count = el("span", { class: "ek-word-count" });
    this.notes = el("ul", { class: "ek-field-notes", id: `${this.id}-notes` });
    this.hint = field.hint ? el("span", { class: "ek-field-hint", id: `${this.id}-hint` }, field.hint) : null;
    this.root = field.control === "radios" ? this.drawRadios() : this.drawControl();
  }

  get described() {
    return [this.hint ? `${this.id}-hint` : null, `${this.id}-notes`].filter(Boolean).join(" ");
  }

  drawControl() {
    const { name, label, control, lang, values = [] } = this.field;
    const shared = { id: this.id, "data-control": name, "aria-describedby": this.described, lang: lang || null };
    if (control === "select") {
      const choices = values.map(({ code, text }) => el("option", { value: code }, text));
      this.control = el("select", { class: "ek-select", ...shared }, values.some(({ code }) => code === "") ? choices : [el("option", { value: "" }, this.card.words("choose")), ...choices]);
      this.control.addEventListener("change", () => this.change(this.control.value));
    } else {
      const tag = control === "area" ? "textarea" : "input";
      const rows = control === "area" ? { rows: name.endsWith("stem") ? 8 : 2 } : { type: "text", autocomplete: "off" };
      this.control = el(tag, { class: "ek-name-field", maxlength: ROOM, ...rows, ...shared });
      this.control.addEventListener("input", () => this.change(this.control.value));
    }
    const head = el("span", { class: "ek-field-head" }, el("label", { for: this.id }, label), this.count);
    return el("div", { class: "ek-writer-field" }, head, this.hint, this.control, this.notes);
  }

  drawRadios() {
    const { name, label, values = [] } = this.field;
    this.radios = values.map(({ code, text }) => {
      const radio = el("input", { type: "radio", name: this.id, value: code, "data-control": `${name}-${code}` });
      radio.addEventListener("change", () => this.change(code));
      return { radio, node: el("label", { class: "ek-choice" }, radio, el("span", {}, text)) };
    });
    const choices = el("div", { class: "ek-choices" }, this.radios.map(({ node }) => node));
    return el("fieldset", { class: "ek-writer-field", "aria-describedby": this.described }, el("legend", {}, label), choices, this.notes);
  }

  change(value) {
    if (this.field.control === "area") grow(this.control);
    typedIn(this.card).type(this.field.name, value);
  }

  update(page) {
    const { name, control } = this.field;
    const value = page.values[name] ?? "";
    if (!typedIn(this.card).has(name)) {
      if (this.radios) for (const { radio } of this.radios) radio.checked = radio.value === value;
      else take(this.control, value);
    }
    put(this.count, page.counts[name] ?? "");
    const notes = page.notes[name] ?? [];
    const said = JSON.stringify(notes);
    if (said !== this.said) refill(this.notes, drawNotes(this.card, notes));
    this.said = said;
    const wrong = notes.some(({ weight }) => weight === "error");
    if (this.control) {
      if (wrong) this.control.setAttribute("aria-invalid", "true");
      else this.control.removeAttribute("aria-invalid");
      if (control === "area") requestAnimationFrame(() => grow(this.control));
    }
  }
}
