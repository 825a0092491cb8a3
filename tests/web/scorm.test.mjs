// The scripts with which the site speaks to a learning management system.
import assert from "node:assert/strict";
import { mock, test } from "node:test";

const scorm = new URL("../../etiquette_kit/web/scorm/", import.meta.url);
const { findApi, waitForApi } = await import(new URL("api.js", scorm));
const { fits, readKept, timespan, writeKept } = await import(new URL("data_model.js", scorm));
const { Session } = await import(new URL("session.js", scorm));

console.warn = () => {};
const TOKEN = "0123456789abcdef0123456789abcdef";
const CORE = "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time";

// A system that keeps values by the rules of SCORM 1.2, as far as they matter here.
class System {
  constructor(values = {}, { fault = () => undefined } = {}) {
    this.values = { "cmi.core._children": CORE, "cmi.core.score._children": "raw,min,max", "cmi.core.entry": "ab-initio", ...values };
    this.fault = fault;
    this.set = [];
    this.asked = [];
    this.ended = 0;
  }

  LMSGetValue(name) {
    this.asked.push(name);
    return this.values[name] ?? "";
  }

  LMSSetValue(name, text) {
    const refused = this.fault(name);
    if (refused !== undefined) return refused;
    this.set.push([name, text]);
    return "true";
  }

  LMSCommit() {
    return this.fault("commit") ?? true;
  }

  LMSFinish() {
    this.ended += 1;
    return "true";
  }

  last(name) {
    return this.set.filter(([set]) => set === name).map(([, text]) => text).pop();
  }
}

function begun(system) {
  const told = [];
  let time = 0;
  const session = new Session(system, TOKEN, (key) => told.push(key), () => (time += 1500));
  return { session, told };
}

const AT = { round: "1.p.de.a.a.3.u~one.aa.01.0.", place: "4/10", finished: false, score: null };
const END = { round: "1.p.de.a.a.a.f~one.aa.01.0.", place: "10/10", finished: true, score: 73 };

test("a duration is written as the data model wants it", () => {
  assert.equal(timespan(0), "0000:00:00.00");
  assert.equal(timespan(3_723_455), "0001:02:03.46");
  assert.equal(timespan(-5), "0000:00:00.00");
  assert.equal(timespan(1e15), "9999:59:59.99");
  for (let ms = 1; ms < 4e10; ms = ms * 7 + 3) assert.ok(fits("cmi.core.session_time", timespan(ms)), ms);
});

test("values that do not fit are known before they are sent", () => {
  assert.ok(fits("cmi.suspend_data", "x".repeat(4096)));
  assert.ok(!fits("cmi.suspend_data", "x".repeat(4097)));
  assert.ok(!fits("cmi.suspend_data", "é"));
  assert.ok(!fits("cmi.core.lesson_status", "passed"));
  assert.ok(!fits("cmi.core.score.raw", "101"));
  assert.ok(!fits("cmi.core.score.raw", "null"));
  assert.ok(!fits("cmi.core.student_name", "Ada"));
});

test("what is kept of an attempt is read again, and nothing else is", () => {
  const kept = { token: TOKEN, lang: "de", round: AT.round };
  assert.deepEqual(readKept(writeKept(kept)), kept);
  assert.deepEqual(readKept(writeKept({ ...kept, round: "" })), { ...kept, round: "" });
  for (const text of ["", "e1", `e2.${TOKEN}.de.`, `e1.${TOKEN}.de`, "e1.short.de.", "page=3"]) assert.equal(readKept(text), null, text);
});

test("an attempt begins incomplete, to be gone on with", () => {
  const system = new System();
  const { session } = begun(system);
  assert.equal(system.last("cmi.core.lesson_status"), "incomplete");
  assert.equal(system.last("cmi.core.exit"), "suspend");
  assert.equal(system.last("cmi.suspend_data"), undefined, "nothing is known yet");
  session.speak("de");
  assert.deepEqual(readKept(system.last("cmi.suspend_data")), { token: TOKEN, lang: "de", round: "" });
});

test("the middle and the end of a round are reported, and only what has changed", () => {
  const system = new System();
  const { session, told } = begun(system);
  session.speak("de");
  session.report(AT);
  assert.equal(system.last("cmi.core.lesson_location"), "4/10");
  assert.equal(system.last("cmi.core.score.raw"), undefined);
  session.report(END);
  for (const [name, text] of [["lesson_status", "completed"], ["score.raw", "73"], ["score.min", "0"], ["score.max", "100"], ["exit", ""]]) {
    assert.equal(system.last(`cmi.core.${name}`), text, name);
  }
  const count = system.set.length;
  session.report(END);
  assert.deepEqual(system.set.slice(count).map(([name]) => name), ["cmi.core.session_time"]);
  session.finish();
  session.finish();
  session.report(AT);
  assert.equal(system.ended, 1);
  assert.ok(told.every((key) => key === ""));
});

test("the best score of an attempt counts, and what is completed stays so", () => {
  const system = new System();
  const { session } = begun(system);
  session.speak("en");
  for (const score of [73, 40, 90]) session.report({ ...END, score });
  session.report(AT);
  assert.deepEqual(system.set.filter(([name]) => name === "cmi.core.score.raw").map(([, text]) => text), ["73", "90"]);
  assert.equal(system.last("cmi.core.lesson_status"), "completed");
  assert.equal(system.last("cmi.core.exit"), "suspend", "another round has begun");
  session.finish();
});

test("an attempt that is done can be opened again, and a new one begins anew", () => {
  const kept = { "cmi.suspend_data": writeKept({ token: "f".repeat(32), lang: "en", round: END.round }), "cmi.core.lesson_status": "completed" };
  const again = new System({ ...kept, "cmi.core.entry": "", "cmi.core.score.raw": "73.0" });
  const { session } = begun(again);
  assert.equal(session.kept.round, END.round);
  session.report({ ...END, score: 73 });
  assert.equal(again.last("cmi.core.lesson_status"), undefined);
  assert.equal(again.last("cmi.core.score.raw"), undefined);
  session.report({ ...END, score: 74 });
  assert.equal(again.last("cmi.core.score.raw"), "74");
  session.finish();
  const anew = new System({ ...kept, "cmi.core.entry": "ab-initio" });
  assert.deepEqual(begun(anew).session.kept, { token: TOKEN, lang: "", round: "" });
  assert.equal(anew.last("cmi.core.lesson_status"), "incomplete");
});

test("a system is asked for nothing that it does not have, and told nothing", () => {
  const system = new System({ "cmi.core._children": "entry,lesson_status,score", "cmi.core.score._children": "raw" });
  const { session } = begun(system);
  assert.ok(!system.asked.includes("cmi.core.lesson_mode"));
  session.report(END);
  assert.equal(system.last("cmi.core.score.raw"), "73");
  assert.equal(system.last("cmi.core.score.min"), undefined);
  session.finish();
});

test("in a review and in browsing nothing is written", () => {
  for (const mode of ["review", "browse"]) {
    const kept = writeKept({ token: "f".repeat(32), lang: "en", round: END.round });
    const system = new System({ "cmi.core.lesson_mode": mode, "cmi.core.entry": "resume", "cmi.suspend_data": kept });
    const { session } = begun(system);
    assert.deepEqual(session.kept, { token: TOKEN, lang: "en", round: END.round }, "not in the browser's log either");
    session.speak("de");
    session.report(END);
    session.finish();
    assert.deepEqual(system.set, []);
    assert.equal(system.ended, 1);
  }
});

test("what is refused is said and tried again until it is taken", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  for (const fault of [() => "false", () => false, () => { throw new Error("cut"); }, (name) => (name === "commit" ? "false" : undefined)]) {
    const system = new System({}, { fault });
    const { session, told } = begun(system);
    session.speak("en");
    session.report(AT);
    assert.equal(told.pop(), "trouble");
    mock.timers.tick(5000);
    assert.equal(told.pop(), "trouble");
    system.fault = () => undefined;
    system.set = [];
    mock.timers.tick(5000);
    assert.equal(told.pop(), "");
    assert.equal(system.last("cmi.core.lesson_location"), "4/10");
    assert.equal(system.last("cmi.core.lesson_status"), "incomplete");
    const count = system.set.length;
    mock.timers.tick(60_000);
    assert.equal(system.set.length, count, "and then no more");
    session.finish();
  }
  mock.timers.reset();
});

test("a session begins only where the system says so", () => {
  assert.equal(Session.begin({ LMSInitialize: () => "true" }), true);
  assert.equal(Session.begin({ LMSInitialize: () => true }), true);
  assert.equal(Session.begin({ LMSInitialize: () => "false" }), false);
  assert.equal(Session.begin({ LMSInitialize: () => { throw new Error("cut"); } }), false);
  assert.equal(Session.begin({}), false);
});

const foreign = { get API() { throw new Error("cross-origin"); } };
const top = (more) => {
  const place = { ...more };
  place.parent = place.top = place;
  return place;
};
const inside = (parent, more) => ({ parent, top: parent.top, ...more });

test("the API is found above, beyond windows of others, and above an opener", () => {
  const API = {};
  assert.equal(findApi(top({ API })), API);
  assert.equal(findApi(inside(inside(top({ API })))), API);
  const between = inside(top({ API }));
  Object.defineProperty(between, "API", Object.getOwnPropertyDescriptor(foreign, "API"));
  assert.equal(findApi(inside(between)), API);
  assert.equal(findApi(top({ opener: inside(top({ API })) })), API);
  assert.equal(findApi(inside(top({ opener: top({ API }) }))), API);
  assert.equal(findApi(inside(top({}))), null);
});

test("an API that is late is waited for, but not for ever, and nobody waits where there can be none", async () => {
  const around = top({});
  const waited = [];
  const pause = async (time) => {
    waited.push(time);
    if (waited.length === 4) around.API = {};
  };
  assert.equal((await waitForApi(inside(around), () => true, { pause })).api, around.API);
  assert.equal(waited.length, 4);
  const never = await waitForApi(inside(top({})), () => true, { pause: async () => {}, patience: 1000 });
  assert.deepEqual(never, { api: null, isThere: false });
  const refusing = await waitForApi(inside(top({ API: {} })), () => false, { pause: async () => {}, patience: 1000 });
  assert.deepEqual(refusing, { api: null, isThere: true });
  const alone = await waitForApi(top({}), () => true, { pause: () => assert.fail("nothing is around it") });
  assert.deepEqual(alone, { api: null, isThere: false });
});
