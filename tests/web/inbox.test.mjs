// An inbox: decisions take minutes in their order; the morning ends only once what is open was said.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { decide, decisionsOf, inbox, spendMinutes } = await import(new URL("../../formats/inbox/view.js", front));
const { questionPage } = await import(new URL("question.js", front));

const NOW = { id: "now", label: "reply now", minutes: 3, cost: "3 minutes", late: "too late" };
const NOT = { id: "not", label: "do not reply", minutes: 0, cost: "0 minutes" };
const TAKE = { id: "take", label: "accept", minutes: 2, cost: "2 minutes" };
const mail = (id, actions, texts) => ({ id, person: `Person ${id}`, initials: "P", role: "Client", occasion: "Message", time: "07:00", actions, ...texts });
const QUESTION = {
  id: "q",
  format: "inbox",
  title: "A morning",
  stem: [{ text: "You work." }],
  ask: "5 minutes",
  rule: "No clock.",
  decide: "What do you do?",
  undecided: "open",
  budget: 5,
  left: Array.from({ length: 9 }, (_, used) => `${5 - used} left`),
  waiting: ["all decided", "1 open", "2 open", "3 open"],
  confirm: ["one stays open", "two stay open", "three stay open"],
  submit: "End the morning",
  nothing: "nothing decided",
  items: [mail("a", [NOW, NOT], { message: "Hello" }), mail("b", [NOW, NOT], { message: "Well?" }), mail("c", [TAKE, NOT], { wish: "You do." })],
};
const OPEN = { kind: "question", position: 0, round: 1, question: QUESTION, open: true, revealed: false, last: false };
const named = (body, name) => ["div", "p", "span", "li", "ol", "details"].flatMap((tag) => body.all(tag)).filter((node) => (node.attributes.class ?? "").split(" ").includes(name));
const said = (body, name) => named(body, name).map((node) => node.textContent);

function opened(card = cardOf({ feedback: {} })) {
  const drawn = inbox(card, OPEN);
  const body = bodyOf(drawn.nodes);
  for (const node of body.all("p")) node.scrollIntoView = () => {};
  const pick = (item, action) => body.all("fieldset")[item].all("input")[action].listeners.change();
  return { card, drawn, body, pick };
}

test("each item is a group with its actions and what they take", () => {
  const { body } = opened();
  const groups = body.all("fieldset");
  assert.deepEqual(groups.map((group) => group.all("label").map((label) => label.textContent)), [
    ["reply now3 minutes", "do not reply0 minutes"],
    ["reply now3 minutes", "do not reply0 minutes"],
    ["accept2 minutes", "do not reply0 minutes"],
  ]);
  assert.equal(new Set(body.all("input").map((radio) => radio.attributes.name)).size, 3);
  assert.deepEqual(body.all("summary").map((line) => line.textContent.trim()), [
    "PPerson a Client 07:00 · Message Hello open",
    "PPerson b Client 07:00 · Message Well? open",
    "PPerson c Client 07:00 · Message open",
  ]);
});

test("a decision takes its minutes, and gives them back when it is changed", () => {
  const { body, pick } = opened();
  const budget = () => said(body, "ek-budget")[0];
  assert.equal(budget(), "5 left · 3 open");
  pick(0, 0);
  assert.equal(budget(), "2 left · 2 open");
  assert.deepEqual(said(body, "ek-state"), ["reply now · 3 minutes", "open", "open"]);
  pick(0, 1);
  assert.equal(budget(), "5 left · 2 open");
});

test("what is decided when the minutes have run out is marked, and no longer once there are some again", () => {
  const { body, pick } = opened();
  pick(0, 0);
  pick(1, 0);
  assert.deepEqual(said(body, "ek-late"), ["", "too late", ""]);
  pick(0, 1);
  assert.deepEqual(said(body, "ek-late"), ["", "", ""]);
  pick(2, 0);
  pick(0, 0);
  assert.deepEqual(said(body, "ek-late"), ["too late", "", ""], "a changed decision comes last");
});

test("an answer that ends with the last minute is in time, and a request is never late", () => {
  assert.deepEqual(spendMinutes([["c", "take"], ["a", "now"]], QUESTION), { used: 5, late: new Map() });
  assert.deepEqual(spendMinutes([["a", "now"], ["b", "not"], ["c", "take"]], { ...QUESTION, budget: 1 }).late, new Map([["a", "too late"]]));
});

test("a decision that is made anew is the last one", () => {
  assert.deepEqual(decide([["a", "now"], ["b", "not"]], "a", "not"), [["b", "not"], ["a", "not"]]);
});

test("what is open is said before the morning ends, and once more after a change", () => {
  const { drawn, body, pick } = opened();
  const missing = () => said(body, "ek-missing")[0];
  assert.equal(drawn.respond(), null);
  drawn.askForOne();
  assert.equal(missing(), "nothing decided");
  assert.equal(drawn.respond(), null, "nothing can be sent that decides nothing");
  pick(1, 0);
  assert.equal(missing(), "");
  assert.equal(drawn.respond(), null);
  drawn.askForOne();
  assert.equal(missing(), "two stay open");
  pick(0, 1);
  assert.equal(drawn.respond(), null);
  drawn.askForOne();
  assert.equal(missing(), "one stays open");
  assert.deepEqual(drawn.respond(), [["b", "now"], ["a", "not"]]);
});

test("when all is decided the morning ends at once, and its button says what it does", () => {
  const { card, drawn, pick } = opened();
  [0, 1, 2].forEach((item) => pick(item, 1));
  assert.deepEqual(drawn.respond(), [["a", "not"], ["b", "not"], ["c", "not"]]);
  const buttons = bodyOf(questionPage(card, OPEN, { inbox }).nodes).all("button");
  assert.equal(buttons[0].textContent, "End the morning");
});

test("what was decided is still there when the page is drawn anew", () => {
  const { card, pick } = opened();
  pick(1, 0);
  const { body } = opened(card);
  assert.deepEqual(said(body, "ek-state"), ["open", "reply now · 3 minutes", "open"]);
  assert.deepEqual(body.all("input").map((radio) => "checked" in radio.attributes), [false, false, true, false, false, false]);
});

test("in a test, what was decided is kept in words, and what was not is said to be open", () => {
  assert.deepEqual(decisionsOf("b:now c:take"), [["b", "now"], ["c", "take"]]);
  const body = bodyOf(inbox(cardOf({}), { ...OPEN, open: false, chosen: "b:now c:take" }).nodes);
  assert.deepEqual(said(body, "ek-badge"), ["open", "reply now", "accept"]);
});

test("afterwards the day stands as a list with spans, then each item, the first open", () => {
  const judged = (id, grade, best) => ({ id, yours: "You: it", verdict: `grade ${grade}`, reason: "because", grade, best, tag: "tag", source: "source", passages: ["S1"] });
  const feedback = {
    id: "q", summary: "1 of 2", fit: "50%", credit: 0.5, unscored: "One is not scored.", day_title: "The day", end: "Over.", budget: 5, length: 6,
    day: [{ person: "Person a", action: "reply now", when: "1 to 3", start: 0, minutes: 3 }, { person: "Person b", action: "reply now", when: "4 to 6", start: 3, minutes: 3, late: "too late" }],
    no_day: "", waited: "Person b waits.", items_title: "Items",
    items: [judged("b", 2, "Best: now."), judged("a", 4, ""), { id: "c", yours: "You: it", verdict: "silent", reason: "silent", grade: 0, passages: [] }],
    passages: { S1: { text: "text", source: "there" } },
  };
  const drawn = inbox(cardOf({ feedback }), { ...OPEN, open: false, revealed: true, chosen: "a:now b:now" });
  const message = bodyOf(drawn.nodes);
  assert.deepEqual(said(message, "ek-day-part"), ["Person a · reply now · 1 to 3", "Person b · reply now · 4 to 6too late"]);
  assert.deepEqual(named(message, "ek-span").map((span) => [span.style.insetInlineStart, span.style.inlineSize]), [["0%", "50%"], ["50%", "50%"]]);
  assert.deepEqual(said(message, "ek-waited"), ["Person b waits."]);
  const items = named(bodyOf(drawn.rest), "ek-judged");
  assert.deepEqual(items.map((node) => "open" in node.attributes), [true, false, false]);
  assert.deepEqual(bodyOf(drawn.rest).all("strong").map((node) => node.textContent), ["grade 2", "grade 4", "silent"]);
});
