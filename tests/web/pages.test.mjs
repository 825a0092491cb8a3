// The pages draw what they are told by name, and make no words of numbers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { drawSaved } = await import(new URL("save_status.js", front));
const { endPage } = await import(new URL("end.js", front));
const { drawSource } = await import(new URL("../shared/grade.js", front));
const { drawPerson, drawStem } = await import(new URL("../shared/situation.js", front));
const { drawFacts, startPage } = await import(new URL("start.js", front));
const { choice } = await import(new URL("../../formats/choice/view.js", front));

const saved = (save_status, since = "") => cardOf({ save_status, since, lang: "en", scene: { kind: "question" } }, { mine: "My answers" });

test("nothing is said of saving while nobody has said whose the answers are", () => {
  const card = saved({});
  assert.deepEqual(drawSaved(card), []);
  assert.equal(card.warned, "");
});

test("where nothing is saved only the way to one's own answers is there", () => {
  const body = bodyOf(drawSaved(saved({ saved: 0 })));
  assert.equal(body.textContent, "My answers");
});

test("what is saved stands there in its words, with the time in the place of the reader", () => {
  const body = bodyOf(drawSaved(saved({ saved: 8, text: "8 answers saved, begun {since}" }, "2020-05-04T12:00:00+00:00")));
  assert.match(body.textContent, /^8 answers saved, begun May [345], 2020, .*My answers$/u);
});

test("trouble is said as long as it lasts", () => {
  const card = saved({ saved: 1, trouble: "Nothing is saved." });
  drawSaved(card);
  assert.equal(card.warned, "Nothing is saved.");
});

test("on one's own answers' page there is no way to them", () => {
  const card = cardOf({ save_status: { saved: 0 }, since: "", lang: "en", scene: { kind: "mine" } });
  assert.equal(bodyOf(drawSaved(card)).all("button").length, 0);
});

const END = {
  kind: "end",
  round: 3,
  title: "Well done",
  result: "63%",
  open: "",
  patterns: ["Twice you said nothing."],
  rules: ["Say why.", "Accept whom you want."],
  refusal: "No, thank you.",
  by_relation: [{ name: "Clients", credit: 0.625, fit: "63%", answered: "8 of 8", bar: true }],
  by_theme: [{ name: "Requests", credit: 1, fit: "100%", answered: "1 of 2", bar: false }],
  items: [{ position: 4, title: "A request", again: true, seen: true, yours: "You: yes", best: "Fits best: no", about: "Ada, a client" }],
  source: "The article",
};

test("the tables at the end have the words that came, and bars as long as the credit", () => {
  const card = cardOf({ lang: "en" }, { look: "Look", look_at: "Look at: {title}" });
  const body = bodyOf(endPage(card, END).nodes);
  assert.deepEqual(body.all("td").map((cell) => cell.textContent), ["63%", "8 of 8", "100%", "1 of 2"]);
  const bars = body.all("span").filter((node) => node.attributes.class === "ek-level");
  assert.deepEqual(bars.map((bar) => bar.style.inlineSize), ["62.5%"], "over one answer alone no bar is drawn");
  const look = body.all("button").find((node) => node.textContent === "Look");
  look.listeners.click();
  assert.deepEqual(card.asked, [{ do: "show", position: 4, round: 3 }]);
  assert.equal(look.attributes["aria-label"], "Look at: A request");
});

test("a person is shown with the initials that came", () => {
  const drawn = drawPerson({ person: "Carmela Di Nardo", initials: "CN", role: "a client", occasion: "on Facebook" });
  assert.equal(drawn.textContent, "CNCarmela Di Nardoa clienton Facebook");
});

test("in a stem what the person writes is a quotation", () => {
  const drawn = drawStem({ stem: [{ text: "She asks." }, { text: "“Hello!”", quote: true }] });
  assert.deepEqual(drawn.children.map((node) => [node.tag, node.textContent]), [["p", "She asks."], ["blockquote", "“Hello!”"]]);
});

test("a passage has its words and its source", () => {
  const drawn = drawSource({ source: "from the box", passages: ["S2"] }, { S2: { text: "Say why.", source: "box · firmly" } });
  assert.equal(drawn.all("summary")[0].textContent, "from the box");
  assert.deepEqual(drawn.all("dt").map((node) => node.textContent), ["box · firmly"], "no id");
  assert.deepEqual(drawn.all("dd").map((node) => node.textContent), ["Say why."]);
});

test("terms and what is to be said about them stand side by side", () => {
  assert.equal(drawFacts([{ term: "How much", text: "Ten." }]).textContent, "How muchTen.");
});

test("where consent is due, one agrees or declines", () => {
  const consent = { title: "Yes?", facts: [], agree: "Agree", decline: "Decline" };
  for (const [given, asked] of [[consent, [{ do: "start", agree: true }, { do: "start", agree: false }]], [{}, [{ do: "start" }]]]) {
    const card = cardOf({});
    const body = bodyOf(startPage(card, { title: "Quiz", lead: "", left_out: "", facts: [], consent: given }).nodes);
    for (const button of body.all("button")) button.listeners.click();
    assert.deepEqual(card.asked, asked);
  }
});

test("a choice answers with the id of the option that was picked", () => {
  const card = cardOf({ feedback: {} });
  const page = { question: { id: "q", options: [{ id: "a", label: "Yes" }, { id: "b", label: "No" }] }, open: true, revealed: false };
  const drawn = choice(card, page);
  assert.equal(drawn.respond(), null);
  bodyOf(drawn.nodes).all("input")[1].listeners.change();
  assert.equal(drawn.respond(), "b");
});
