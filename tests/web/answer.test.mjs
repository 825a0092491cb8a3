// After an answer: the message first, one's own reaction open, the others folded, and what to do where nothing was chosen.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { choice } = await import(new URL("../../formats/choice/view.js", front));
const { endPage } = await import(new URL("end.js", front));
const { questionPage } = await import(new URL("question.js", front));

const option = (grade, verdict) => ({ grade, verdict, tag: "in the article", source: "From the box", reason: `reason ${grade}`, feedback: `effect ${grade}`, passages: ["S2"] });
const OPTIONS = { a: option(1, "does not fit"), b: option(4, "fits best"), c: option(3, "is fine") };
const PASSAGES = { S2: { text: "Say why.", source: "box" } };
const QUESTION = {
  id: "q",
  format: "choice",
  title: "A request",
  initials: "AB",
  stem: [{ text: "She asks." }],
  options: [{ id: "a", label: "Yes" }, { id: "b", label: "No, because" }, { id: "c", label: "No" }],
};
const PAGE = { kind: "question", position: 0, round: 1, question: QUESTION, open: false, revealed: true, last: false };

function answered(chosen, more = {}) {
  const own = OPTIONS[chosen];
  const feedback = { options: OPTIONS, passages: PASSAGES, chosen, grade: own.grade, summary: `Yours ${own.verdict}.`, best: chosen === "b" ? "" : "Best: no.", why: "b" };
  const card = cardOf({ feedback }, {});
  const page = { ...PAGE, ...more };
  return { card, drawn: questionPage(card, page, { choice }), body: bodyOf(questionPage(card, page, { choice }).nodes) };
}

const named = (body, name) => ["div", "p", "h3", "details", "section"].flatMap((tag) => body.all(tag)).filter((node) => (node.attributes.class ?? "").split(" ").includes(name));

test("the message says how one's own answer fits, then what fits best, then why", () => {
  const { body } = answered("a");
  const [message] = named(body, "ek-message");
  assert.match(message.textContent, /^Yours does not fit\. in the articleBest: no\.reason 4$/u);
});

test("one's own reaction is open, the others are folded, in this order, with the way on between", () => {
  const { body } = answered("a");
  const places = ["Yours does", "effect 1", "next", "fits best", "is fine", "She asks"].map((text) => body.textContent.indexOf(text));
  assert.ok(places.every((place) => place >= 0), String(places));
  assert.deepEqual(places, [...places].sort((one, other) => one - other));
  const folded = named(body, "ek-other");
  assert.equal(folded.length, 2);
  assert.ok(folded.every((node) => !("open" in node.attributes)));
  assert.equal(folded[0].all("summary")[0].textContent, "fits bestNo, because");
});

test("where one's own answer fits best the reason is not said again", () => {
  const { body } = answered("b");
  assert.equal(body.textContent.split("reason 4").length - 1, 1);
});

test("the focus goes to the message", () => {
  const { drawn } = answered("a");
  assert.equal(drawn.focus.attributes.class, "ek-summary");
});

test("the other half of a pair is offered, and what changed is said before the way on", () => {
  const { card, body } = answered("a", { what_if: "And if?", contrast: "This time you want it." });
  const offered = body.all("button").find((node) => node.textContent === "And if?");
  offered.listeners.click();
  assert.deepEqual(card.asked, [{ do: "what_if", position: 0, round: 1 }]);
  assert.ok(body.textContent.indexOf("This time") < body.textContent.indexOf("next"));
  assert.ok(!answered("a").body.textContent.includes("And if?"));
});

test("without a choice the page says so beside the options, and the focus goes there", () => {
  const card = cardOf({ feedback: {} }, { pick: "Choose first." });
  const body = bodyOf(questionPage(card, { ...PAGE, open: true, revealed: false }, { choice }).nodes);
  const radios = body.all("input");
  let focused = 0;
  radios[0].focus = () => (focused += 1);
  const missing = body.all("p").find((node) => node.attributes.class === "ek-missing");
  missing.scrollIntoView = () => {};
  body.all("button")[0].listeners.click();
  assert.deepEqual([missing.textContent, focused, card.asked.length], ["Choose first.", 1, 0]);
  assert.equal(missing.attributes["aria-live"], "polite");
  radios[1].listeners.change();
  assert.equal(missing.textContent, "");
  body.all("button")[0].listeners.click();
  assert.equal(card.asked[0].response, "b");
});

test("a test's button says that the answer leads on", () => {
  for (const [last, word] of [[false, "answer_next"], [true, "answer_finish"]]) {
    const card = cardOf({ feedback: {} });
    const body = bodyOf(questionPage(card, { ...PAGE, open: true, revealed: false, goes_on: true, last }, { choice }).nodes);
    assert.equal(body.all("button")[0].textContent, word);
  }
});

test("the end says what to do before it shows figures", () => {
  const end = { kind: "end", round: 1, title: "Done", patterns: ["Twice."], rules: ["Say why."], refusal: "No, thanks.", result: "50%", open: "", by_relation: [], by_theme: [], items: [], source: "" };
  const text = bodyOf(endPage(cardOf({}), end).nodes).textContent;
  const places = ["Twice.", "Say why.", "No, thanks.", "restart", "50%"].map((part) => text.indexOf(part));
  assert.deepEqual(places, [...places].sort((one, other) => one - other));
  assert.ok(!bodyOf(endPage(cardOf({}), { ...end, patterns: [] }).nodes).textContent.includes("differently"));
});
