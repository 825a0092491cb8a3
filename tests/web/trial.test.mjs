// What a reader's page keeps and hands out.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.mjs";
import { checksum, fileName, fileText, isOutdated, isSaved, numbered, textBlock } from "../../etiquette_kit/web/trial/answer_file.js";
import { answeredShare, isBegun, isUntouched, missing, openAnswers } from "../../etiquette_kit/web/trial/answers.js";

const form = {
  id: "x",
  format: "etiquette-trial",
  version: 1,
  lang: "en",
  questions: [{ id: "relation" }, { id: "event" }],
  scales: [{ id: "clear" }, { id: "realistic" }],
  situations: [1, 2].map((number) => ({ id: `s${number}`, text: "0".repeat(16), options: ["a", "b", "c", "d"].map((id) => ({ id })) })),
};

function storage(allowed = true) {
  const kept = new Map();
  const refuse = () => {
    throw new Error("SecurityError");
  };
  globalThis.localStorage = {
    getItem: (key) => (allowed ? (kept.get(key) ?? null) : refuse()),
    setItem: (key, value) => (allowed ? kept.set(key, value) : refuse()),
  };
  const listeners = [];
  globalThis.addEventListener = (name, listener) => listeners.push(listener);
  return { kept, listeners };
}

test("the checksum is the CRC-32 of zip files", () => {
  assert.equal(checksum(new TextEncoder().encode("123456789")), "cbf43926");
  assert.equal(checksum(new Uint8Array()), "00000000");
});

test("the block has short lines, no padding and the checksum", () => {
  storage();
  const { state } = openAnswers(form, () => {});
  state.answers.s1.remark = "Grüße </script>";
  const block = textBlock(form, state);
  const whole = block.split("\n").join("");
  assert.ok(block.split("\n").every((line) => line.length <= 60));
  const [, body, sum] = whole.match(/^\[etiquette-trial-1:([A-Za-z0-9+/]+):([0-9a-f]{8})\]$/);
  assert.equal(Buffer.from(body, "base64").toString(), fileText(form, state));
  assert.deepEqual(JSON.parse(fileText(form, state)), JSON.parse(fileText(form, state, 1)));
  assert.equal(sum, checksum(Buffer.from(fileText(form, state))));
});

test("what is answered is there again after a reload, and the order stays", () => {
  storage();
  const first = openAnswers(form, () => {});
  assert.equal(isBegun(form, first.state), false);
  first.state.answers.s1.grades.a = 4;
  first.state.place = 1;
  first.keep();
  const again = openAnswers(form, () => {});
  assert.equal(isBegun(form, again.state), true);
  assert.deepEqual(again.state, first.state);
  again.restart();
  assert.notEqual(again.state.reader, first.state.reader);
  assert.deepEqual(again.state.answers.s1.grades, {});
  assert.equal(isBegun(form, again.state), false);
});

test("where nothing may be kept, the page works and knows it", () => {
  storage(false);
  const answers = openAnswers(form, () => {});
  assert.equal(answers.isKept, false);
  answers.state.answers.s1.clear = 3;
  answers.keep();
  assert.equal(answers.state.answers.s1.clear, 3);
});

test("what another tab answers is taken over, and this tab stays where it is", () => {
  const { kept, listeners } = storage();
  let drawn = 0;
  const answers = openAnswers(form, () => (drawn += 1));
  answers.state.place = 1;
  const other = { ...JSON.parse(kept.get("etiquette-trial-x")), place: 0, saved: 7 };
  listeners.forEach((listener) => listener({ key: "etiquette-trial-x", newValue: JSON.stringify(other) }));
  listeners.forEach((listener) => listener({ key: "other", newValue: "{}" }));
  assert.deepEqual([answers.state.saved, answers.state.place, drawn], [7, 1, 1]);
});

test("every order comes up, and each is a shuffle of the options", () => {
  storage();
  const seen = new Set();
  const answers = openAnswers(form, () => {});
  for (let round = 0; round < 500; round += 1) {
    answers.restart();
    const { order } = answers.state.answers.s1;
    assert.deepEqual([...order].sort(), ["a", "b", "c", "d"]);
    seen.add(order.join(""));
  }
  assert.equal(seen.size, 24);
});

test("what is missing is counted, and the remark never is", () => {
  storage();
  const { answers } = openAnswers(form, () => {}).state;
  assert.equal(missing(form, answers.s1), 2 + 4 + 2);
  assert.ok(isUntouched(form, answers.s1));
  answers.s1.remark = "x";
  assert.equal(missing(form, answers.s1), 8);
  assert.ok(!isUntouched(form, answers.s1));
  Object.assign(answers.s1, { understood: { relation: "boss", event: "unsure" }, grades: { a: 1, b: 2, c: 3, d: 4 }, clear: 1, realistic: 4 });
  assert.equal(missing(form, answers.s1), 0);
  assert.deepEqual([answeredShare(form, answers.s1), answeredShare(form, answers.s2)], [1, 0]);
  answers.s2.guess = "a";
  assert.ok(!isUntouched(form, answers.s2));
});

test("the file has every situation, also those that were left out, and nothing of how the page looked", () => {
  storage();
  const { state } = openAnswers(form, () => {});
  state.answers.s2.remark = "  two words ";
  const told = JSON.parse(fileText(form, state));
  assert.deepEqual(Object.keys(told), ["format", "version", "lang", "reader", "saved", "answers"]);
  assert.match(told.reader, /^[0-9a-f]{16}$/);
  assert.deepEqual(told.answers.map(({ scenario }) => scenario), ["s1", "s2"]);
  assert.equal(told.answers[1].remark, "two words");
  assert.ok(!("seen" in told.answers[0]));
});

test("a number is given to answers that are new, and the same answers keep theirs", () => {
  storage();
  let { state } = openAnswers(form, () => {});
  assert.deepEqual([isSaved(form, state), isOutdated(form, state)], [false, false]);
  state = numbered(form, state);
  assert.deepEqual([state.saved, isSaved(form, state), isOutdated(form, state)], [1, true, false]);
  assert.equal(numbered(form, { ...state, place: "start" }).saved, 1);
  state.answers.s1.clear = 2;
  assert.deepEqual([isSaved(form, state), isOutdated(form, state)], [false, true]);
  state = numbered(form, state);
  assert.deepEqual([state.saved, isSaved(form, state)], [2, true]);
  const words = { file_name: "answers-{reader}-{saved}.json" };
  assert.equal(fileName({ words }, state), `answers-${state.reader.slice(0, 6)}-2.json`);
});
