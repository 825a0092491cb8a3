// The house rules: text alone, each in its own language, and nothing where there are none.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const kit = new URL("../../etiquette_kit/", import.meta.url);
const { drawHouse } = await import(new URL("web/shared/house.js", kit));
const { questionPage } = await import(new URL("web/card/question.js", kit));
const { startPage } = await import(new URL("web/card/start.js", kit));
const { drawReveal } = await import(new URL("web/phone/reveal.js", kit));

const HOSTILE = '<img src=x onerror=alert(1)> {count} &amp; "';
const NOTE = {
  title: `Regel Ihres Hauses: ${HOSTILE}`,
  texts: [
    { text: HOSTILE, lang: "de" },
    { text: "Ask first.", lang: "en" },
  ],
  hint: "No grade.",
};

test("no rules, nothing", () => {
  assert.equal(drawHouse(null), null);
  assert.equal(drawHouse(undefined), null);
});

for (const hint of [true, false]) {
  test(`title and texts stand there as text, each text in its language, ${hint ? "with" : "without"} the hint`, () => {
    const note = drawHouse(NOTE, { hint });
    assert.equal(note.attributes.role, "note");
    assert.equal(note.attributes["aria-label"], NOTE.title);
    const paragraphs = note.all("p");
    assert.equal(paragraphs[0].textContent, NOTE.title);
    assert.deepEqual(paragraphs.filter((node) => node.attributes.lang).map((node) => [node.attributes.lang, node.textContent]), [["de", HOSTILE], ["en", "Ask first."]]);
    assert.equal(note.textContent.endsWith(NOTE.hint), hint);
    assert.deepEqual(note.all("img"), []);
  });
}

const houses = (nodes) => bodyOf(nodes).children.filter((node) => node.attributes.class === "ek-house");

test("the start page shows the general rule, and without one nothing in its place", () => {
  const page = { title: "T", lead: "L", left_out: "", facts: [], consent: {} };
  assert.equal(houses(startPage(cardOf({}), { ...page, house: NOTE }).nodes).length, 1);
  const bare = startPage(cardOf({}), { ...page, house: null }).nodes;
  assert.equal(houses(bare).length, 0);
  assert.ok(bare.every(Boolean));
});

test("a question shows its rule once it has one, apart from what the format draws", () => {
  const question = { format: "choice", title: "T", person: "P", initials: "P", role: "R", occasion: "O", stem: [] };
  const formats = { choice: () => ({ nodes: [], respond: () => null }) };
  const page = { question, position: 0, open: false };
  assert.equal(houses(questionPage(cardOf({}), { ...page, house: NOTE }, formats).nodes).length, 1);
  const bare = questionPage(cardOf({}), page, formats).nodes;
  assert.equal(houses(bare).length, 0);
  assert.ok(bare.every(Boolean));
});

test("a phone shows the rule at the answer", () => {
  const option = { grade: 4, verdict: "V", tag: "t", feedback: "f", reason: "r", passages: [] };
  const revealed = { options: { a: option }, best: ["a"], votes: { a: [] }, passages: {}, summary: "S", flow: null, note: null };
  const state = (house) => ({ page: { question: { options: [{ id: "a", label: "A" }] }, letters: "A", revealed: { ...revealed, house } }, words: {} });
  const notes = (house) => drawReveal(state(house), []).all("div").filter((node) => node.attributes.role === "note");
  const [note] = notes(NOTE);
  assert.equal(note.textContent, NOTE.title + HOSTILE + "Ask first.");
  assert.deepEqual(note.all("p").map((node) => node.attributes.lang), [undefined, "de", "en"]);
  assert.deepEqual(notes(null), []);
});
