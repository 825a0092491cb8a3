// A rating: a group of words for each reaction, complete only when all are rated; afterwards both ratings stand on one scale.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { rating, ratingsOf } = await import(new URL("../../formats/rating/view.js", front));
const { questionPage } = await import(new URL("question.js", front));

const WORDS = ["no", "hardly", "fine", "best"];
const QUESTION = {
  id: "q",
  format: "rating",
  title: "A request",
  initials: "AB",
  stem: [{ text: "She asks." }],
  options: [{ id: "a", label: "Say yes" }, { id: "b", label: "Say no" }, { id: "c", label: "Wait" }],
  ask: "How well?",
  hint: "One word each.",
  meanings: "Meanings",
  scale: WORDS.map((word, place) => ({ value: place + 1, word, meaning: `means ${word}` })),
  unrated: "Not rated",
  missing: ["one missing", "two missing", "three missing"],
};
const OPEN = { kind: "question", position: 0, round: 1, question: QUESTION, open: true, revealed: false, last: false };
const named = (body, name) => ["div", "p", "h3", "details", "fieldset", "span", "li"].flatMap((tag) => body.all(tag)).filter((node) => (node.attributes.class ?? "").split(" ").includes(name));

function opened() {
  const card = cardOf({ feedback: {} });
  const drawn = rating(card, OPEN);
  const body = bodyOf(drawn.nodes);
  for (const node of [...body.all("input"), ...body.all("fieldset")]) Object.assign(node, { focus: () => (card.focused = node), scrollIntoView: () => (card.scrolled = node) });
  const rate = (reaction, value) => body.all("fieldset")[reaction].all("input")[value - 1].listeners.change();
  return { card, drawn, body, rate };
}

test("each reaction is a group of its own with the four words", () => {
  const { body } = opened();
  const groups = body.all("fieldset");
  assert.deepEqual(groups.map((group) => group.all("legend")[0].textContent), ["Say yes", "Say no", "Wait"]);
  for (const group of groups) {
    assert.deepEqual(group.all("label").map((label) => label.textContent), WORDS);
    assert.equal(new Set(group.all("input").map((radio) => radio.attributes.name)).size, 1);
  }
  assert.equal(new Set(body.all("input").map((radio) => radio.attributes.name)).size, 3);
});

test("there is a response as soon as all are rated, and a rating can be changed before", () => {
  const { drawn, rate } = opened();
  rate(0, 4);
  rate(1, 2);
  assert.equal(drawn.respond(), null);
  rate(2, 1);
  rate(1, 3);
  assert.deepEqual(drawn.respond(), { a: 4, b: 3, c: 1 });
});

test("what is missing is said and marked, and the first of it takes the focus", () => {
  const { card, drawn, body, rate } = opened();
  rate(0, 4);
  const notes = () => named(body, "ek-unrated").map((note) => note.textContent);
  assert.deepEqual(notes(), ["", "", ""], "nothing is asked for before an answer is tried");
  drawn.askForOne();
  assert.equal(named(body, "ek-missing")[0].textContent, "two missing");
  assert.deepEqual(notes(), ["", "Not rated", "Not rated"]);
  assert.equal(card.focused, body.all("fieldset")[1].all("input")[0]);
  assert.equal(card.scrolled, body.all("fieldset")[1]);
  rate(1, 1);
  assert.equal(named(body, "ek-missing")[0].textContent, "one missing");
  assert.deepEqual(notes(), ["", "", "Not rated"]);
  rate(2, 1);
  assert.equal(named(body, "ek-missing")[0].textContent, "");
});

test("what was rated is still there when the page is drawn anew", () => {
  const { card, rate } = opened();
  rate(1, 3);
  const body = bodyOf(rating(card, OPEN).nodes);
  assert.deepEqual(body.all("input").map((radio) => "checked" in radio.attributes), Array.from({ length: 12 }, (_, place) => place === 6));
});

test("without an answer the page asks for what is missing and sends nothing", () => {
  const card = cardOf({ feedback: {} });
  const asked = [];
  const formats = { rating: () => ({ ...rating(card, OPEN), askForOne: () => asked.push("missing") }) };
  const body = bodyOf(questionPage(card, OPEN, formats).nodes);
  body.all("button")[0].listeners.click();
  assert.deepEqual([asked, card.asked], [["missing"], []]);
});

test("a response is read from its text, whatever the ids", () => {
  assert.deepEqual(ratingsOf("a4 b1"), { a: 4, b: 1 });
  assert.deepEqual(ratingsOf("say-yes-23 b4"), { "say-yes-2": 3, b: 4 });
});

test("a kept answer shows the word of each reaction as one's own, and no grade", () => {
  const card = cardOf({}, { kept: "Kept", unanswered: "Skipped", yours: "Yours" });
  const kept = bodyOf(rating(card, { ...OPEN, open: false, chosen: "a4 b1 c2" }).nodes);
  assert.deepEqual(named(kept, "ek-kept").map((node) => node.textContent), ["Yours bestSay yes", "Yours noSay no", "Yours hardlyWait"]);
  assert.equal(kept.all("h3")[0].textContent, "Kept");
  const skipped = bodyOf(rating(card, { ...OPEN, open: false, chosen: null }).nodes);
  assert.equal(skipped.textContent, "SkippedSay yesSay noWait");
});

const reaction = (id, given, grade) => ({ id, rating: given, grade, compared: `${given} and ${grade}`, tag: "tag", source: "Source", reason: `why ${id}`, feedback: `effect ${id}`, passages: ["S2"] });
const FEEDBACK = {
  id: "q",
  summary: "None alike.",
  best: "Fits best: no.",
  credit: 0.25,
  fit: "25%",
  you: "You",
  article: "Article",
  reactions: [reaction("b", 1, 4), reaction("c", 3, 1), reaction("a", 2, 2)],
  passages: { S2: { text: "Say why.", source: "box" } },
};

function revealed() {
  const page = { ...OPEN, open: false, revealed: true, chosen: "a2 b1 c3" };
  return bodyOf(questionPage(cardOf({ feedback: FEEDBACK }), page, { rating }).nodes);
}

test("the message comes first, then the largest difference, the way on, and the others", () => {
  const body = revealed();
  const places = ["None alike.", "25%", "Fits best: no.", "why b", "next", "why c", "why a", "She asks"].map((text) => body.textContent.indexOf(text));
  assert.ok(places.every((place) => place >= 0), String(places));
  assert.deepEqual(places, [...places].sort((one, other) => one - other));
  assert.deepEqual(named(body, "ek-rated").map((node) => "open" in node.attributes), [true, false, false]);
  assert.deepEqual(named(body, "ek-level").map((bar) => bar.style.inlineSize), ["25%"]);
});

test("both ratings are marked by name on one scale, and what lies between is drawn", () => {
  const scales = named(revealed(), "ek-scale").map((scale) => scale.all("div").filter((node) => node.attributes.class.startsWith("ek-step ") || node.attributes.class === "ek-step"));
  const told = scales.map((steps) => steps.map((step) => step.textContent));
  assert.deepEqual(told[0], ["Youno", "hardly", "fine", "Articlebest"]);
  assert.deepEqual(told[1], ["Articleno", "hardly", "Youfine", "best"]);
  assert.deepEqual(told[2], ["no", "YouArticlehardly", "fine", "best"]);
  const between = scales.map((steps) => steps.map((step) => step.attributes.class.includes("ek-between")));
  assert.deepEqual(between[1], [true, true, true, false]);
  assert.deepEqual(between[2], [false, true, false, false]);
});

test("what a scale shows is said in words beside it", () => {
  const rated = named(revealed(), "ek-rated");
  assert.deepEqual(rated.map((node) => node.all("summary")[0].textContent), ["1 and 4Say no", "3 and 1Wait", "2 and 2Say yes"]);
  for (const scale of named(revealed(), "ek-scale")) assert.equal(scale.attributes["aria-hidden"], "true");
});
