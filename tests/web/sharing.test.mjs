// Who sees which post: a group of check boxes for each post, and a preview of the profile that follows them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { sharing, gridOf } = await import(new URL("../../formats/sharing/view.js", front));
const { questionPage } = await import(new URL("question.js", front));

const LISTS = ["friends", "family", "colleague", "boss", "client"];
const QUESTION = {
  id: "q",
  format: "sharing",
  title: "A profile",
  stem: [{ text: "You work." }],
  posts: [{ id: "b", name: "Party", text: "We danced." }, { id: "a", name: "Prize", text: "We won." }],
  lists: LISTS.map((id) => ({ id, name: id.toUpperCase(), work: LISTS.indexOf(id) > 1 })),
  ask: "Who?",
  hint: "Tick.",
  counting_title: "Counting",
  counting: ["Little is one."],
  preview: "Preview",
  seen_by: "As",
  profile: "Your profile",
  counts: ["0 of 2", "1 of 2", "2 of 2"],
  hidden: ["all here", "one hidden", "two hidden"],
  said: "{list} sees {count}",
  everyone: "everyone",
  nobody: "nobody",
};
const OPEN = { kind: "question", position: 0, round: 1, question: QUESTION, open: true, revealed: false, last: false };
const named = (body, name) => ["div", "p", "h3", "li", "span", "section"].flatMap((tag) => body.all(tag)).filter((node) => (node.attributes.class ?? "").split(" ").includes(name));
const profileOf = (body) => named(body, "ek-profile")[0].textContent;

function opened(card = cardOf({ feedback: {} })) {
  const drawn = sharing(card, OPEN);
  const body = bodyOf(drawn.nodes);
  const boxes = body.all("input").filter((node) => node.attributes.type === "checkbox");
  for (const box of boxes) box.checked = "checked" in box.attributes;
  const tick = (name, sees) => {
    const box = boxes.find((node) => node.attributes["aria-label"] === name);
    box.checked = sees;
    box.listeners.change();
  };
  const view = (list) => body.all("input").find((node) => node.attributes.value === list).listeners.change();
  return { card, drawn, body, boxes, tick, view };
}

test("at first everyone sees everything, and each box is named by its list and its post", () => {
  const { drawn, boxes, body } = opened();
  assert.deepEqual(drawn.respond(), { b: LISTS, a: LISTS });
  assert.deepEqual(boxes.slice(0, 2).map((box) => box.attributes["aria-label"]), ["FRIENDS: Party", "FAMILY: Party"]);
  assert.equal(boxes.length, 10);
  assert.ok(boxes.every((box) => box.checked));
  const group = named(body, "ek-post")[0];
  assert.equal(group.attributes.role, "group");
  assert.equal(named(group, "ek-post-name")[0].attributes.id, group.attributes["aria-labelledby"]);
});

test("a box changes the response, what is said, and the preview of its list at once", () => {
  const { drawn, body, tick } = opened();
  assert.match(profileOf(body), /Party.*Prize.*all here/);
  tick("BOSS: Party", false);
  assert.deepEqual(drawn.respond(), { b: ["friends", "family", "colleague", "client"], a: LISTS });
  assert.equal(named(body, "ek-unseen")[0].textContent, "BOSS sees 1 of 2");
  assert.equal(profileOf(body), "Your profilePrizeWe won.one hidden");
  tick("BOSS: Party", true);
  assert.deepEqual(drawn.respond(), { b: LISTS, a: LISTS }, "in the order of the lists");
});

test("the profile can be seen as each list sees it, with the numbers of all", () => {
  const { body, tick, view } = opened();
  tick("CLIENTS: Party".replace("CLIENTS", "CLIENT"), false);
  tick("CLIENT: Prize", false);
  assert.match(profileOf(body), /Party/, "the boss still sees it");
  view("client");
  assert.equal(profileOf(body), "Your profiletwo hidden");
  assert.deepEqual(named(body, "ek-view-count").map((node) => node.textContent), ["2 of 2", "2 of 2", "2 of 2", "2 of 2", "0 of 2"]);
});

test("what was decided, and whose view it was, are still there when the page is drawn anew", () => {
  const { card, tick, view } = opened();
  tick("FAMILY: Prize", false);
  view("family");
  const again = opened(card);
  assert.deepEqual(again.drawn.respond(), { b: LISTS, a: LISTS.filter((list) => list !== "family") });
  assert.equal(profileOf(again.body), "Your profilePartyWe danced.one hidden");
  assert.equal(again.boxes.filter((box) => !box.checked).length, 1);
});

test("a response is read from its text: the posts sorted by id", () => {
  assert.deepEqual(gridOf("v3", QUESTION), { b: ["friends", "family"], a: LISTS });
  assert.deepEqual(gridOf("08", QUESTION), { b: ["boss"], a: [] });
});

test("a kept answer says who sees each post, and nothing of how it fits", () => {
  const card = cardOf({}, { kept: "Kept", unanswered: "Skipped" });
  const kept = bodyOf(sharing(card, { ...OPEN, open: false, chosen: "v3" }).nodes);
  assert.deepEqual(named(kept, "ek-shared").map((node) => node.textContent), ["PartyFRIENDS, FAMILY", "Prizeeveryone"]);
  assert.equal(kept.all("h3")[0].textContent, "Kept");
  const skipped = bodyOf(sharing(card, { ...OPEN, open: false, chosen: null }).nodes);
  assert.equal(skipped.textContent, "SkippedPartyPrize");
});

const FEEDBACK = {
  id: "q",
  summary: "Apart.",
  credit: 0.5,
  fit: "50%",
  outcomes_title: "Outcomes",
  outcomes: [
    { name: "Boss", seen: "1 of 2", verdict: "little", reached: true, reason: "because", tag: "stated", source: "Source", passages: ["S7"] },
    { name: "Friends", seen: "0 of 2", verdict: "too little", reached: false, reason: "", tag: "", source: "", passages: [] },
  ],
  advice_title: "Advice",
  advice_note: "Not of the article.",
  advice: [{ id: "b", name: "Party", seen: "seen by nobody", text: "Careful." }, { id: "a", name: "Prize", seen: "seen by everyone", text: "Fine." }],
  passages: { S7: { text: "Split.", source: "box" } },
};

test("after the answer the message and what each list sees come first, and advice is marked as the kit's own", () => {
  const page = { ...OPEN, open: false, revealed: true, chosen: "v3" };
  const body = bodyOf(questionPage(cardOf({ feedback: FEEDBACK }), page, { sharing }).nodes);
  const places = ["Apart.", "50%", "little", "because", "too little", "next", "Preview", "Advice", "Not of the article.", "Careful.", "You work."].map((text) => body.textContent.indexOf(text));
  assert.ok(places.every((place) => place >= 0), String(places));
  assert.deepEqual(places, [...places].sort((one, other) => one - other));
  assert.equal(profileOf(body), "Your profilePrizeWe won.one hidden", "as the boss sees it");
  assert.equal(body.all("input").filter((node) => node.attributes.type === "checkbox").length, 0);
});
