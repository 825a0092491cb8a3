// The facilitator's page: steps that keep their places, what is asked before them, and the plan's clock.
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Element } from "./page.mjs";

const web = new URL("../../etiquette_kit/web/", import.meta.url);
const { drawPlan, minuteOf, saidOf } = await import(new URL("control/agenda.js", web));
const { Steps } = await import(new URL("control/steps.js", web));
const { drawTalk } = await import(new URL("control/times.js", web));

Object.assign(Element.prototype, {
  focus() {
    this.focused = true;
  },
  showModal() {
    this.open = true;
  },
  close() {
    this.open = false;
  },
});

// ---- the steps --------------------------------------------------------------------------------------------------------------

const WORDS = { next_step: "Next:", finished: "Over", take_back: "Take back", take_back_left: "Take back ({seconds} s)", nothing_back: "Nothing", yes: "Yes", no: "No", not_sent: "Lost" };
const step = (name, more = {}) => ({ name, group: "way", text: `Text of ${name}`, send: { do: name }, ask: null, why: null, primary: false, ...more });

function pageOf(phase, steps, more = {}) {
  const main = steps.find(({ primary }) => primary) ?? null;
  return { phase, position: 0, steps, main, step_groups: { way: "The way" }, take_back: null, ...more };
}

const now = () => performance.now() / 1000;

function stepsOf(page) {
  const told = { sent: [], said: [] };
  const steps = new Steps({ send: (message) => told.sent.push(message) && told.online !== false, say: (text) => told.said.push(text) });
  steps.show(page, WORDS, now());
  const press = (name, detail = 1) => (name === "main" ? steps.main : name === "take_back" ? steps.back : steps.buttons.get(name)).listeners.click({ detail });
  return { steps, press, ...told };
}

test("a step keeps its button and its place, whether it is possible or not", () => {
  const { steps } = stepsOf(pageOf("vote", [step("close", { primary: true }), step("discuss", { send: null, why: "Not yet" })]));
  const [close, discuss] = steps.groups.way.children;
  assert.deepEqual([close, discuss].map((node) => node.attributes["aria-disabled"]), ["false", "true"]);
  steps.show(pageOf("closed", [step("close", { send: null, why: "Closed" }), step("discuss", { primary: true })]), WORDS, now());
  assert.deepEqual(steps.groups.way.children, [close, discuss]);
  assert.deepEqual([close, discuss].map((node) => [node.textContent, node.attributes["aria-disabled"]]), [["Text of close", "true"], ["Text of discuss", "false"]]);
  assert.equal(steps.main.textContent, "Next: Text of discuss");
  assert.equal(steps.node.children[0], steps.main);
});

test("what is not possible sends nothing and says why", () => {
  const { press, sent, said } = stepsOf(pageOf("vote", [step("close", { primary: true }), step("revote", { send: null, why: "Close it first" })]));
  press("revote");
  assert.deepEqual([sent, said], [[], ["Close it first"]]);
});

test("at the end the large button says that it is over", () => {
  const { steps, press, sent, said } = stepsOf(pageOf("end", [step("back")]));
  assert.equal(steps.main.textContent, " Over");
  press("main");
  assert.deepEqual([sent, said], [[], ["Over"]]);
});

test("a second press of a double click does nothing, nor does one right after the room has moved", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { steps, press, sent } = stepsOf(pageOf("vote", [step("close", { primary: true }), step("discuss")]));
  press("main", 2);
  assert.deepEqual(sent, []);
  press("main");
  press("main");
  assert.deepEqual(sent, [{ do: "close" }], "while a step has no answer, the next one waits");
  steps.show(pageOf("closed", [step("close", { send: null, why: "" }), step("discuss", { primary: true })]), WORDS, now());
  press("main");
  assert.equal(sent.length, 1);
  mock.timers.tick(600);
  press("main");
  assert.deepEqual(sent[1], { do: "discuss" });
  mock.timers.reset();
});

test("what is asked first is sent after a yes alone, and not by the press that asked", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { steps, press, sent } = stepsOf(pageOf("reclosed", [step("reveal", { primary: true, ask: "Sure?" })]));
  for (const name of ["main", "reveal"]) {
    press(name);
    assert.equal(steps.dialog.open, true);
    assert.equal(steps.dialog.attributes["aria-label"], "Sure?");
    const [no, yes] = steps.dialog.all("button");
    assert.equal(no.focused, true);
    yes.listeners.click({ detail: 1 });
    assert.deepEqual(sent, []);
    no.listeners.click({ detail: 1 });
    assert.deepEqual([steps.dialog.open, sent], [false, []]);
    mock.timers.tick(600);
  }
  press("reveal");
  mock.timers.tick(600);
  steps.dialog.all("button")[1].listeners.click({ detail: 1 });
  assert.deepEqual([steps.dialog.open, sent], [false, [{ do: "reveal" }]]);
  mock.timers.reset();
});

test("a question is gone when the room has moved", () => {
  const { steps, press } = stepsOf(pageOf("reclosed", [step("reveal", { primary: true, ask: "Sure?" })]));
  press("main");
  steps.show(pageOf("revote", [step("reveal", { ask: "Sure?" })]), WORDS, now());
  assert.equal(steps.dialog.open, false);
});

test("the last step is taken back for as long as the page says, and then no more", () => {
  const back = { left: 8, send: { do: "take_back" } };
  const { steps, press, sent, said } = stepsOf(pageOf("closed", [step("discuss", { primary: true })], { take_back: back }));
  assert.deepEqual([steps.back.textContent, steps.back.attributes["aria-disabled"]], ["Take back (8 s)", "false"]);
  steps.since -= 7.5;
  steps.tick();
  assert.equal(steps.back.textContent, "Take back (1 s)");
  press("take_back");
  assert.deepEqual(sent, [{ do: "take_back" }]);
  steps.settle();
  steps.since -= 1;
  steps.tick();
  assert.deepEqual([steps.back.textContent, steps.back.attributes["aria-disabled"]], ["Take back", "true"]);
  press("take_back");
  assert.deepEqual([sent.length, said.at(-1)], [1, "Nothing"]);
});

// ---- times ------------------------------------------------------------------------------------------------------------------

test("the length of the talk is marked, and a talk that goes on is extended and stopped", () => {
  const sent = [];
  const talk = { choices: [[120, "2 minutes"], [null, "none"]], chosen: null, send: { do: "talk" }, extend: { do: "extend_talk" }, stop: null };
  const [now_, choices] = drawTalk(talk, { talk: "Talk", extend_talk: "More", stop_talk: "Stop" }, (message) => sent.push(message));
  assert.deepEqual(choices.all("button").map((node) => node.attributes["aria-pressed"]), ["false", "true"]);
  for (const node of [...choices.all("button"), ...now_.all("button")]) node.listeners.click();
  assert.deepEqual(sent, [{ do: "talk", seconds: 120 }, { do: "talk", seconds: null }, { do: "extend_talk" }]);
  assert.equal(drawTalk({ ...talk, extend: null }, {}, () => {})[0], null);
});

// ---- the plan's clock -------------------------------------------------------------------------------------------------------

const PLAN = { passed: 290, total: 30, row: 1, caption: "Plan", steps: [[0, "Welcome", 5], [5, "Vote", 10], [15, "Talk", 15]], says: [[290, "On time"], [360, "1 behind"], [420, "2 behind"]] };

test("the minute is that since the beginning; before it there is none", () => {
  assert.deepEqual([minuteOf(PLAN, 0), minuteOf(PLAN, 9.9), minuteOf(PLAN, 10), minuteOf({ ...PLAN, passed: null }, 500)], [4, 4, 5, null]);
});

test("what is said of the plan changes with the time, in the words that came", () => {
  assert.deepEqual([0, 69, 70, 130, 9999].map((since) => saidOf(PLAN, since)), ["On time", "On time", "1 behind", "2 behind", "2 behind"]);
  assert.equal(saidOf({ passed: null, says: [] }, 10), "");
});

test("the row that is marked is where the room stands, whatever the clock says", () => {
  const words = { due: "here", begun: "Minute {minute} of {total}", not_begun: "Not yet", from: "", step: "", minutes: "" };
  const [clock, table] = drawPlan(PLAN, 29, "19 behind", words);
  assert.equal(clock.textContent, "19 behind · Minute 29 of 30");
  assert.deepEqual(table.all("tr").map((row) => row.attributes["aria-current"] ?? null), [null, null, "step", null]);
  assert.equal(drawPlan({ ...PLAN, row: 0 }, null, "", words)[0].textContent, "Not yet");
});
