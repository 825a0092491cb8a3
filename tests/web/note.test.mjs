// A note in one's own words: what is noticed comes after a check, the response says what was ticked, and the text goes only where it must.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { markedPieces, note, tickedOf } = await import(new URL("../../formats/note/view.js", front));

const QUESTION = {
  id: "q",
  format: "note",
  title: "A request",
  initials: "AB",
  stem: [{ text: "She asks." }],
  lang: "en",
  ask: "Write.",
  hint: "Not stored.",
  label: "Your message",
  address: "By surname.",
  checklist: [{ id: "declines", label: "It is a no.", letter: "d" }, { id: "short", label: "It is short.", letter: "s" }],
  checklist_title: "Your list",
  check: "Check",
  check_again: "Check again",
  empty: "Write first",
  unchecked: "Check first",
  keep: "Store my text",
  keep_hint: "Otherwise it is not stored",
  most: 2000,
};
const OPEN = { kind: "question", position: 0, round: 1, question: QUESTION, open: true, revealed: false, last: false, comments: true };
const PASSAGES = { S3: { text: "A note.", source: "answer 1" } };
const COMMENT = {
  title: "Noticed",
  intro: "Only words.",
  yours: "Your text",
  cues: [{ id: "declines", state: "met", text: "A refusal", spans: [[0, 2]] }, { id: "short", state: "unsure", text: "Short?", spans: [] }],
  models_title: "Models",
  models: ["One.", "Two."],
  source: "From the article",
  passages: PASSAGES,
};

function drawn(card, page = OPEN) {
  const view = note(card, page);
  const body = bodyOf([...view.nodes, ...(view.rest ?? [])]);
  const write = (text) => Object.assign(body.all("textarea")[0], { value: text }).listeners.input();
  for (const field of body.all("textarea")) field.focus = () => (card.focused = field);
  const boxes = body.all("input");
  const tick = (place, checked = true) => Object.assign(boxes[place], { checked }).listeners.change();
  const press = () => body.all("button")[0].listeners.click();
  const named = (name) => ["p", "mark", "blockquote", "li", "h3"].flatMap((tag) => body.all(tag)).filter((node) => (node.attributes.class ?? "").split(" ").includes(name));
  return { view, body, write, boxes, tick, press, named };
}

function checked(values = {}) {
  const state = { feedback: {}, ...values };
  const card = cardOf(state);
  card.focus = (node) => (card.focused = node);
  const before = drawn(card);
  before.write("No 🙂");
  before.press();
  state.feedback = COMMENT;
  return { card, state, ...drawn(card) };
}

test("before a check there are only the field and the way to a check", () => {
  const { body, boxes, view } = drawn(cardOf({ feedback: {} }));
  assert.equal(body.all("textarea").length, 1);
  assert.equal(boxes.length, 0);
  assert.deepEqual(body.all("button").map((button) => button.textContent), ["Check"]);
  assert.equal(view.respond(), null);
});

test("an empty note is not sent to be checked; it is said instead", () => {
  const card = cardOf({ feedback: {} });
  const { press, named, write, view, body } = drawn(card);
  write("  ");
  press();
  assert.equal(named("ek-missing")[0].textContent, "Write first");
  assert.equal(card.focused, body.all("textarea")[0]);
  assert.deepEqual(card.asked, []);
  view.askForOne();
  assert.deepEqual(card.asked, []);
});

test("a check sends the text once, and what is noticed is drawn beside the list", () => {
  const { card, body, named, boxes } = checked();
  assert.deepEqual(card.asked, [{ do: "draft", question: "q", draft: "No 🙂", position: 0, round: 1 }]);
  assert.deepEqual(body.all("mark").map((mark) => mark.textContent), ["No"]);
  assert.deepEqual(named("ek-cue").map((cue) => [cue.attributes["data-state"], cue.textContent]), [["met", "A refusal"], ["unsure", "Short?"]]);
  assert.deepEqual(named("ek-quote").map((quote) => quote.textContent), ["One.", "Two."]);
  assert.equal(boxes.length, 3);
  assert.equal(boxes.every((box) => !("checked" in box.attributes)), true, "nothing is ticked by the machine, and nothing is kept unasked");
  for (const [place, cue] of named("ek-cue").entries()) assert.equal(boxes[place].attributes["aria-describedby"], cue.attributes.id);
});

test("only who asked for the hints is taken to them, once", async () => {
  const { card, named } = checked();
  await Promise.resolve();
  assert.equal(card.focused, named("ek-commented")[0]);
  card.focused = null;
  drawn(card);
  await Promise.resolve();
  assert.equal(card.focused, null);
});

test("checking the same text again asks nobody", () => {
  const { card, press, named } = checked();
  press();
  assert.equal(card.asked.length, 1);
  assert.equal(card.focused, named("ek-commented")[0]);
});

test("the response has the first and the last version, the ticks in their order, and no consent unless it was given", () => {
  const { view, write, tick } = checked();
  write("No, thanks");
  tick(1);
  tick(0);
  assert.deepEqual(view.respond(), { first: "No 🙂", last: "No, thanks", lang: "en", ticks: ["declines", "short"], keep: false });
  tick(0, false);
  tick(2);
  assert.deepEqual(view.respond(), { first: "No 🙂", last: "No, thanks", lang: "en", ticks: ["short"], keep: true });
});

test("what was written and ticked is there again when the page is drawn anew", () => {
  const { card, tick } = checked();
  tick(1);
  const again = drawn(card);
  assert.equal(again.body.all("textarea")[0].value, "No 🙂");
  assert.deepEqual(again.boxes.map((box) => "checked" in box.attributes), [false, true, false]);
});

test("an answer before a check becomes the check, and says so", () => {
  const card = cardOf({ feedback: {} });
  const first = drawn(card);
  first.write("No.");
  assert.equal(first.view.respond(), null);
  first.view.askForOne();
  assert.equal(card.asked[0].do, "draft");
  assert.equal(drawn(card).named("ek-missing")[0].textContent, "Check first");
  assert.equal(drawn(card).named("ek-missing")[0].textContent, "");
});

test("a comment without a text in this page, as after a reload, is not drawn", () => {
  const { body, boxes } = drawn(cardOf({ feedback: COMMENT }));
  assert.equal(boxes.length, 0);
  assert.equal(body.all("mark").length, 0);
});

test("where nothing is commented the list is there at once", () => {
  const { view, write, tick, boxes, body } = drawn(cardOf({ feedback: {} }), { ...OPEN, comments: false });
  assert.equal(body.all("button").length, 0);
  assert.equal(boxes.length, 3);
  write("No.");
  tick(0);
  assert.deepEqual(view.respond(), { first: "No.", last: "No.", lang: "en", ticks: ["declines"], keep: false });
});

test("what was answered and not told yet is kept with its ticks", () => {
  const { named } = drawn(cardOf({ feedback: {} }, { kept: "Noted" }), { ...OPEN, open: false, chosen: "s=" });
  assert.deepEqual(named("ek-kept").map((line) => line.textContent), ["It is short."]);
  assert.equal(named("ek-summary")[0].textContent, "Noted");
});

const REVEALED = {
  summary: "1 of 2",
  unscored: "No mark",
  changed: "Nothing changed",
  checklist_title: "Your list",
  checklist: [{ label: "It is a no.", ticked: true, state: "ticked" }, { label: "It is short.", ticked: false, state: "open" }],
  yours: "Your text",
  text: "Not stored",
  is_kept: false,
  models_title: "Models",
  models: ["One.", "Two."],
  source: "From the article",
  passages: PASSAGES,
};

test("after the answer the text comes from this page's memory, or from what was kept", () => {
  const page = { ...OPEN, open: false, revealed: true, chosen: "d=" };
  const { card, state } = checked();
  state.feedback = REVEALED;
  assert.deepEqual(drawn(card, page).named("ek-draft-text").map((text) => text.textContent), ["No 🙂"]);
  assert.equal(drawn(card, page).named("ek-hint")[0].textContent, "Not stored");
  const reloaded = drawn(cardOf({ feedback: REVEALED }), page);
  assert.deepEqual(reloaded.named("ek-draft-text"), []);
  const kept = drawn(cardOf({ feedback: { ...REVEALED, text: "No, thanks.", is_kept: true } }), page);
  assert.deepEqual(kept.named("ek-draft-text").map((text) => text.textContent), ["No, thanks."]);
  assert.deepEqual(kept.body.all("li").map((line) => line.attributes["data-ticked"]), ["yes", "no"]);
});

test("places count characters, not the halves of an emoji, and pieces are joined", () => {
  const cues = [{ spans: [[0, 1], [3, 5]] }, { spans: [[4, 6]] }];
  assert.deepEqual(markedPieces("🙂ab🙂cd", cues), [
    { text: "🙂", marked: true },
    { text: "ab", marked: false },
    { text: "🙂cd", marked: true },
  ]);
  assert.deepEqual(markedPieces("", []), []);
  assert.deepEqual(markedPieces("<b>", []), [{ text: "<b>", marked: false }]);
});

test("a stored response tells its ticks, whatever text follows", () => {
  const ids = (response) => tickedOf(response, QUESTION.checklist).map(({ id }) => id);
  assert.deepEqual(ids("ds+"), ["declines", "short"]);
  assert.deepEqual(ids('s= "d"'), ["short"]);
  assert.deepEqual(ids("="), []);
});
