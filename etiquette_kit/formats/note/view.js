// Decline a request in one's own words. A draft is checked as often as one likes: the words that were noticed are marked in it, each line of
// the checklist has what was noticed beside it, and two model notes follow. The text stays in this page's memory unless its writer agrees.
import { drawKeptTitle } from "../../web/shared/answer_parts.js";
import { button } from "../../web/shared/controls.js";
import { el, heading } from "../../web/shared/dom.js";
import { drawSource } from "../../web/shared/grade.js";

// What has been written so far: text, first and checked (the text as it was checked first and last), ticks, keep.
function draftOf(card, { id }) {
  if (!card.picked.has(id)) card.picked.set(id, { text: "", first: null, checked: null, ticks: [], keep: false, asks: "" });
  return card.picked.get(id);
}

// The text in pieces, each with whether it carried a judgement; places count characters as Python does, not the halves of an emoji.
export function markedPieces(text, cues) {
  const letters = [...text];
  const marked = new Array(letters.length).fill(false);
  for (const { spans } of cues) for (const [start, end] of spans) marked.fill(true, start, end);
  const pieces = [];
  letters.forEach((letter, place) => {
    const last = pieces.at(-1);
    if (last?.marked === marked[place]) last.text += letter;
    else pieces.push({ text: letter, marked: marked[place] });
  });
  return pieces;
}

function drawMarked(text, { yours, cues }) {
  const pieces = markedPieces(text, cues).map(({ text: piece, marked }) => (marked ? el("mark", {}, piece) : piece));
  return el("figure.ek-draft", {}, el("figcaption", {}, yours), el("p.ek-draft-text", { dir: "auto" }, pieces));
}

function drawModels({ models_title: title, models, source, passages }) {
  const notes = models.map((model) => el("blockquote.ek-quote", {}, el("p", {}, model)));
  return [heading(3, title), ...notes, drawSource({ source, passages: Object.keys(passages) }, passages)];
}

function drawChecklist(card, question, draft, comment) {
  const cues = Object.fromEntries((comment?.cues ?? []).map((cue) => [cue.id, cue]));
  const name = `ek-${card.name}-${question.id}`;
  const lines = question.checklist.map(({ id, label }) => {
    const cue = cues[id];
    const box = el("input", { type: "checkbox", checked: draft.ticks.includes(id), "aria-describedby": cue ? `${name}-${id}` : null });
    box.addEventListener("change", () => {
      draft.ticks = question.checklist.map((line) => line.id).filter((line) => (line === id ? box.checked : draft.ticks.includes(line)));
    });
    const said = cue ? el("p.ek-cue", { id: `${name}-${id}`, "data-state": cue.state, dir: "auto" }, cue.text) : null;
    return el("div.ek-check", {}, el("label", {}, box, el("span", {}, label)), said);
  });
  return el("fieldset.ek-checklist", {}, el("legend", {}, question.checklist_title), lines);
}

function drawKeep(card, question, draft) {
  const hint = `ek-${card.name}-${question.id}-keep`;
  const box = el("input", { type: "checkbox", checked: draft.keep, "aria-describedby": hint });
  box.addEventListener("change", () => {
    draft.keep = box.checked;
  });
  return el("div.ek-check.ek-keep", {}, el("label", {}, box, el("span", {}, question.keep)), el("p.ek-hint", { id: hint }, question.keep_hint));
}

function drawField(card, question, draft) {
  const name = `ek-${card.name}-${question.id}`;
  const attributes = { id: `${name}-text`, rows: 4, maxlength: question.most, dir: "auto", "aria-describedby": `${name}-address ${name}-hint` };
  const field = el("textarea.ek-write", { ...attributes, autocomplete: "off", spellcheck: "true" });
  field.value = draft.text;
  field.addEventListener("input", () => {
    draft.text = field.value;
  });
  return {
    field,
    nodes: [
      el("p.ek-write-label", {}, el("label", { for: attributes.id }, question.label), " ", el("span.ek-hint", { id: `${name}-address` }, question.address)),
      field,
      el("p.ek-hint", { id: `${name}-hint` }, question.hint),
    ],
  };
}

function drawCommented(card, question, draft, comment) {
  const title = heading(3, comment.title, { class: "ek-commented" });
  if (draft.arrives) {
    draft.arrives = false;
    // Once it is on the page: only who asked for the hints is taken to them.
    queueMicrotask(() => card.focus(title));
  }
  return {
    title,
    nodes: [
      title,
      el("p.ek-hint", {}, comment.intro),
      drawMarked(draft.checked, comment),
      drawChecklist(card, question, draft, comment),
      ...drawModels(comment),
      drawKeep(card, question, draft),
    ],
  };
}

function drawNoteForm(card, page) {
  const { question } = page;
  const draft = draftOf(card, question);
  const comment = page.comments && draft.checked !== null ? card.model.get("feedback") : null;
  const status = el("p.ek-missing", { role: "status", "aria-live": "polite" }, draft.asks);
  draft.asks = "";
  const { field, nodes } = drawField(card, question, draft);
  const commented = comment?.cues ? drawCommented(card, question, draft, comment) : null;
  const ask = (text) => {
    status.textContent = text;
    field.focus();
  };
  const check = (asks = "") => {
    if (!draft.text.trim()) return ask(question.empty);
    if (commented && draft.text === draft.checked) return card.focus(commented.title);
    draft.first ??= draft.text;
    Object.assign(draft, { checked: draft.text, arrives: true, asks });
    return card.ask({ do: "draft", question: question.id, draft: draft.text, position: page.position, round: page.round });
  };
  const checking = page.comments ? el("p", {}, button(commented ? question.check_again : question.check, () => check(), commented ? {} : { class: "ek-button ek-primary" })) : null;
  const below = commented ? commented.nodes : page.comments ? [] : [drawChecklist(card, question, draft), drawKeep(card, question, draft)];
  return {
    nodes: [heading(3, question.ask), ...nodes, checking, status, ...below].filter(Boolean),
    respond: () => {
      if (!draft.text.trim() || (page.comments && !commented)) return null;
      const { text, first, ticks, keep } = draft;
      return { first: first ?? text, last: text, lang: question.lang, ticks, keep };
    },
    askForOne: () => (page.comments ? check(question.unchecked) : ask(question.empty)),
  };
}

// A stored response begins with a letter for each line that was ticked.
export function tickedOf(response, checklist) {
  const [letters] = response.match(/^[a-z]*/);
  return checklist.filter(({ letter }) => letters.includes(letter));
}

function drawNoteKept(card, { question, chosen }) {
  const title = drawKeptTitle(card, { chosen });
  const lines = chosen ? tickedOf(chosen, question.checklist).map(({ label }) => el("li.ek-kept", {}, label)) : [];
  return { nodes: [title, lines.length ? el("ul.ek-results", {}, lines) : null].filter(Boolean), focus: title };
}

function drawNoteRevealed(card, page, feedback) {
  const title = heading(3, feedback.summary, { class: "ek-summary" });
  const message = el("div.ek-message", {}, title, el("p", {}, feedback.unscored), el("p", {}, feedback.changed));
  const lines = feedback.checklist.map(({ label, ticked, state }) => el("li", { "data-ticked": ticked ? "yes" : "no" }, label, " ", el("span.ek-tag", {}, state)));
  const text = feedback.is_kept ? feedback.text : (card.picked.get(page.question.id)?.text ?? "");
  const own = el(
    "figure.ek-draft",
    {},
    el("figcaption", {}, feedback.yours),
    text ? el("p.ek-draft-text", { dir: "auto" }, text) : null,
    feedback.is_kept ? null : el("p.ek-hint", {}, feedback.text),
  );
  return {
    nodes: [message],
    rest: [own, heading(3, feedback.checklist_title), el("ul.ek-ticked", {}, lines), ...drawModels(feedback)],
    focus: title,
  };
}

export function note(card, page) {
  if (page.revealed) return drawNoteRevealed(card, page, card.model.get("feedback"));
  return page.open ? drawNoteForm(card, page) : drawNoteKept(card, page);
}
