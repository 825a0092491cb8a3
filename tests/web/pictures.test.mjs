// What all pages draw alike: elements, letters, grades, bars and votes, the time that is left.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Element } from "./page.mjs";

const shared = new URL("../../etiquette_kit/web/shared/", import.meta.url);
const { remaining, spokenTime } = await import(new URL("clock.js", shared));
const { el, fill, heading, put } = await import(new URL("dom.js", shared));
const { drawFit, drawMeter, drawTag } = await import(new URL("grade.js", shared));
const { randomHex } = await import(new URL("random_hex.js", shared));
const { drawIdentity, drawLetter, drawPerson, drawStem } = await import(new URL("situation.js", shared));
const { drawVerdict, drawVote, drawVotes } = await import(new URL("verdict.js", shared));
const { drawLegend, drawNumberedVotes } = await import(new URL("../projector/legend.js", shared));

const classOf = (node) => node.attributes.class;

test("an element has its classes, and its attributes but those that are nothing", () => {
  const node = el("p.a.b", { id: "x", hidden: true, lang: null, title: undefined, "aria-busy": false, tabindex: 0 });
  assert.equal(node.tag, "p");
  assert.deepEqual(node.attributes, { class: "a b", id: "x", hidden: "", tabindex: "0" });
});

test("what is called on… is listened to, and is no attribute", () => {
  const onclick = () => {};
  const node = el("button", { onclick });
  assert.equal(node.listeners.click, onclick);
  assert.deepEqual(node.attributes, {});
});

test("children may lie in lists; what is nothing is left out, what is empty or nought is not", () => {
  const node = el("p", {}, "a", [["b", null], [undefined]], false, "", 0);
  assert.deepEqual(node.children, ["a", "b", "", 0]);
});

test("markup in a text stays text", () => {
  const node = el("p", {}, "<b>x</b>");
  assert.deepEqual([node.children, node.all("b")], [["<b>x</b>"], []]);
});

test("a heading can take the focus", () => {
  const node = heading(2, "T", { class: "x" });
  assert.deepEqual([node.tag, node.attributes], ["h2", { tabindex: "-1", class: "x" }]);
});

test("a text is filled in with what is known by name", () => {
  assert.equal(fill("{a} of {b}, {c}", { a: 0, b: "{a}" }), "0 of {a}, {c}");
});

test("a text is written only where it is another one", () => {
  const node = new Element("p");
  assert.equal(put(node, "a"), true);
  const written = node.children;
  assert.equal(put(node, "a"), false);
  assert.equal(node.children, written);
});

test("every page shows the initials that came with the question, not made again from the name", () => {
  const question = { person: "Carmela Di Nardo", initials: "CN", role: "a client", occasion: "on Facebook" };
  const [avatar] = drawIdentity(question);
  assert.deepEqual([avatar.textContent, avatar.attributes["aria-hidden"]], ["CN", "true"]);
  assert.equal(drawPerson(question).all("span")[0].textContent, "CN");
});

test("in a stem what the person writes is a quotation of its own", () => {
  const parts = drawStem({ stem: [{ text: "She asks." }, { text: "Hello!", quote: true }, { text: "You wait.", quote: false }] }).children;
  assert.deepEqual(parts.map((node) => [node.tag, node.textContent]), [["p", "She asks."], ["blockquote", "Hello!"], ["p", "You wait."]]);
});

test("a letter is read out unless it is asked not to be", () => {
  assert.deepEqual(drawLetter("B").attributes, { class: "ek-letter" });
  assert.deepEqual(drawLetter("B", { "aria-hidden": "true" }).attributes, { class: "ek-letter", "aria-hidden": "true" });
});

for (const grade of [1, 2, 3, 4]) {
  test(`of four strokes ${grade} are filled, the first ones, each higher than the one before`, () => {
    const strokes = drawFit(grade).children;
    assert.deepEqual(strokes.map(classOf), [1, 2, 3, 4].map((step) => (step <= grade ? "ek-on" : "ek-off")));
    const heights = strokes.map((node) => Number.parseFloat(node.style.blockSize));
    assert.ok(heights.every((height, index) => index === 0 || height > heights[index - 1]), String(heights));
  });
}

test("without a tag there is none", () => {
  assert.equal(drawTag({ tag: null }), null);
  assert.equal(drawTag({ tag: "in the article" }).textContent, "in the article");
});

const REVEALED = { best: ["b"], options: { a: { grade: 2, verdict: "fits rather not", tag: "t" }, b: { grade: 4, verdict: "fits best", tag: null } } };

test("a star stands at what fits best alone", () => {
  assert.equal(drawVerdict(REVEALED, "a", "A").textContent, "Afits rather nott");
  assert.equal(drawVerdict(REVEALED, "b", "B").textContent, "Bfits best ★");
});

test("a bar is as long as its share", () => {
  for (const [share, width] of [[0, "0%"], [0.625, "62.5%"], [1, "100%"]]) assert.equal(drawMeter(share).firstChild.style.inlineSize, width);
});

test("a vote has a name, a bar and figures; where nothing is shown of it, words in their place", () => {
  const shown = drawVote(["first", "at first", 0.25, "25% · 2 votes"]);
  assert.equal(classOf(shown), "ek-vote ek-vote-first");
  assert.deepEqual(shown.children.map(classOf), ["ek-vote-name", "ek-meter", "ek-vote-text"]);
  assert.equal(shown.textContent, "at first25% · 2 votes");
  const hidden = drawVote(["second", "after talking", null, "too few votes"]);
  assert.deepEqual(hidden.children.map(classOf), ["ek-vote-name", "ek-vote-text ek-vote-none"]);
  const none = drawVote(["first", "at first", 0, "0 votes"]);
  assert.equal(none.children[1].firstChild.style.inlineSize, "0%", "no vote is a bar without length, not no bar");
});

const VOTES = [["first", "at first", 0.25, "2 votes"], ["second", "after talking", 0.5, "4 votes"]];

test("the votes stand in their order", () => {
  assert.equal(drawVotes(VOTES).textContent, "at first2 votesafter talking4 votes");
});

test("numbered votes have the numbers of the legend, and their names for whoever hears them", () => {
  const names = drawNumberedVotes(VOTES).all("span").filter((node) => classOf(node) === "ek-vote-name");
  assert.deepEqual(names.map((node) => node.children.map((part) => [part.textContent, part.attributes["aria-hidden"]])), [
    [["1", "true"], ["at first", undefined]],
    [["2", "true"], ["after talking", undefined]],
  ]);
  assert.equal(drawLegend(VOTES).textContent, "1 at first2 after talking");
});

test("the time left is rounded up, and never below nought", () => {
  assert.deepEqual([[60, 0], [60, 0.2], [60, 1], [1, 0.9], [1, 1], [1, 90]].map(([left, passed]) => remaining(left, passed)), [60, 60, 59, 1, 0, 0]);
});

test("seconds have two digits, minutes as many as they need", () => {
  assert.deepEqual([0, 9, 60, 605, 3600].map(spokenTime), ["0:00", "0:09", "1:00", "10:05", "60:00"]);
});

test("a random number has two digits a byte, and is another one each time", () => {
  assert.match(randomHex(16), /^[0-9a-f]{32}$/u);
  assert.equal(new Set(Array.from({ length: 100 }, () => randomHex(8))).size, 100);
});
