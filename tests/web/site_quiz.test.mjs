// What a site adds to the quiz: answers taken along in a file, the confirmation, and what a card's scripts see of Python there.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf, Element } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { drawAlong } = await import(new URL("answer_file.js", front));
const { confirmationPage } = await import(new URL("confirmation.js", front));
const { endPage } = await import(new URL("end.js", front));
const { myDataPage } = await import(new URL("my_data.js", front));
const { requestPersistence } = await import(new URL("../site/persistence.js", front));

const words = { along: "Along", along_text: "How.", json: "Everything", csv: "Table", pick: "Take up", too_large: "Too large.", code: "Code", take_label: "Code:" };
const page = { words, title: "Mine", facts: [], since: "", kept: true, code: "", confirming: false };
const buttons = (nodes) => bodyOf(nodes).all("button").map((node) => node.textContent);

test("where answers are taken along in a file there is no code, and everything can be downloaded once", () => {
  const drawn = buttons(myDataPage(cardOf({ lang: "en" }), page, drawAlong).nodes);
  assert.deepEqual(drawn.slice(0, 3), ["Table", "Everything", "Take up"]);
  assert.ok(!drawn.includes("Code"));
  assert.deepEqual(buttons(myDataPage(cardOf({ lang: "en" }), page).nodes).slice(0, 3), ["Table", "Everything", "Code"]);
});

test("a file is read on the page, and one that is too large is not sent", async () => {
  const card = cardOf({});
  card.say = (text) => (card.said = text);
  const input = bodyOf(drawAlong(card, page)).all("input")[0];
  for (const [file, asked, said] of [
    [{ size: 5e6 + 1 }, [], "Too large."],
    [undefined, [], undefined],
    [{ size: 2, text: async () => "{}" }, [{ do: "mine_import", text: "{}" }], undefined],
  ]) {
    card.asked.length = 0;
    card.said = undefined;
    input.files = [file];
    await input.listeners.change();
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual([card.asked, card.said, input.value], [asked, said, ""]);
  }
});

const CONFIRMATION = {
  kind: "confirmation",
  title: "Confirmation",
  words: { practised: "has practised.", what: "Exercise", answered: "Situations", last: "Last", date: "Date: {date}", self_made: "Self-made." },
  rows: [{ title: "Clients", answered: 8, last: "2025-05-04T12:00:00+00:00" }],
  score: "63%",
};

function confirming(before = {}) {
  const card = cardOf({ lang: "en" });
  card.main = { querySelector: (name) => before[name] ?? null };
  const body = bodyOf(confirmationPage(card, CONFIRMATION).nodes);
  return { card, body, paper: body.all("article")[0], fields: body.all("input") };
}

test("the paper shows the name as it is typed, and no message has it", () => {
  const { card, paper, fields } = confirming();
  const [name] = fields;
  assert.equal(name.attributes.autocomplete, "off");
  name.value = "Ada <b>";
  name.listeners.input();
  assert.match(paper.textContent, /^ConfirmationAda <b>has practised\.ExerciseSituationsLastClients8May [345], 2025Date: /u);
  assert.deepEqual(card.asked, []);
});

test("how the answers fit is on it only for who wants that", () => {
  const { paper, fields } = confirming();
  const shown = () => paper.all("p").filter((node) => !node.hidden).map((node) => node.textContent);
  assert.doesNotMatch(paper.textContent, /63%/u);
  fields[1].checked = true;
  fields[1].listeners.change();
  assert.ok(shown().includes("63%"));
  fields[1].checked = false;
  fields[1].listeners.change();
  assert.doesNotMatch(paper.textContent, /63%/u);
});

test("in the other language the name and the choice are still there", () => {
  const { paper, fields } = confirming({ ".ek-own-name": { value: "Ada" }, ".ek-scored": { checked: true } });
  assert.deepEqual([fields[0].value, fields[1].checked], ["Ada", true]);
  assert.match(paper.textContent, /^ConfirmationAda/u);
});

test("a quiz elsewhere has no way to it", () => {
  const end = { items: [], patterns: [], rules: [], by_relation: [], by_theme: [], title: "", refusal: "", result: "", source: "" };
  const without = buttons(endPage(cardOf({ lang: "en" }), end).nodes);
  const way = new Element("button");
  way.textContent = "Confirm";
  assert.deepEqual(buttons(endPage(cardOf({ lang: "en" }), end, way).nodes), [...without, "Confirm"]);
});

test("the browser is asked once to keep the answers, after the first one", async () => {
  const kept = new Map();
  let asked = 0;
  globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { storage: { persist: async () => (asked += 1) } } });
  for (const parts of [undefined, {}, { save_status: {} }, { save_status: { saved: 0 } }]) await requestPersistence(parts);
  assert.equal(asked, 0);
  for (const saved of [1, 2]) await requestPersistence({ save_status: { saved } });
  assert.equal(asked, 1);
});
