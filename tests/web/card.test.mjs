// The card and its kernel: one message at a time, each acknowledged, none lost and none said twice.
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Element } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { show } = await import(new URL("card.js", front));
const { Outbox } = await import(new URL("outbox.js", front));

// ---- the outbox -------------------------------------------------------------------------------------------------------------

function outbox() {
  const said = [];
  const sent = [];
  const main = new Element("div");
  const model = { closed: false };
  model.send = (message) => {
    if (model.closed) throw new Error("closed");
    sent.push(message);
  };
  const card = { name: "k", main, words: (key) => key, say: (text) => said.push(text), sayGone: () => said.push("gone") };
  return { said, sent, main, model, box: new Outbox(model, card) };
}

function timed(name, run) {
  test(name, () => {
    mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
    const { warn } = console;
    console.warn = () => {};
    try {
      run((ms) => mock.timers.tick(ms));
    } finally {
      console.warn = warn;
      mock.timers.reset();
    }
  });
}

timed("each message has a number of its own, under the name of its card", () => {
  const { box, sent } = outbox();
  box.send({ do: "start" });
  box.settle("k-1");
  box.send({ do: "next" });
  assert.deepEqual(sent, [{ do: "start", n: "k-1" }, { do: "next", n: "k-2" }]);
});

timed("it is busy until its own message is acknowledged", () => {
  const { box, main } = outbox();
  assert.equal(box.busy, false);
  box.send({ do: "start" });
  assert.deepEqual([box.busy, main.attributes["aria-busy"]], [true, "true"]);
  for (const other of ["", "k-0", "other-1"]) box.settle(other);
  assert.equal(box.busy, true);
  box.settle("k-1");
  assert.deepEqual([box.busy, "aria-busy" in main.attributes], [false, false]);
});

timed("the same message is sent again until it is acknowledged, and then no more", (pass) => {
  const { box, sent } = outbox();
  box.send({ do: "start" });
  pass(4000);
  pass(4000);
  assert.deepEqual(sent.map(({ n }) => n), ["k-1", "k-1", "k-1"]);
  box.settle("k-1");
  pass(60000);
  assert.equal(sent.length, 3);
});

timed("a prompt answer is not spoken of; one that is late is, and then that nobody answers", (pass) => {
  const { box, said } = outbox();
  box.send({ do: "start" });
  pass(2499);
  assert.deepEqual(said, []);
  pass(1);
  assert.deepEqual(said, ["waiting"]);
  pass(12000 - 2500);
  assert.deepEqual(said, ["waiting", "gone"]);
});

timed("a closed connection is said at once, and tried again", (pass) => {
  const { box, said, sent, model } = outbox();
  model.closed = true;
  box.send({ do: "start" });
  assert.deepEqual([said, sent], [["gone"], []]);
  pass(2500);
  assert.deepEqual(said, ["gone"], "not that it waits for an answer");
  model.closed = false;
  pass(1500);
  assert.deepEqual(sent, [{ do: "start", n: "k-1" }]);
});

timed("once closed nothing is sent any more", (pass) => {
  const { box, sent } = outbox();
  box.send({ do: "start" });
  box.close();
  pass(60000);
  assert.equal(sent.length, 1);
});

// ---- the card ---------------------------------------------------------------------------------------------------------------

function page(values = {}) {
  const sent = [];
  const listeners = new Map();
  const state = { scene: { kind: "x" }, standing: {}, feedback: {}, words: {}, languages: [], notice: "", lang: "en", ack: "", ...values };
  const model = { get: (name) => state[name], send: (message) => sent.push(message), on: (name, act) => listeners.set(name, act), off() {} };
  const host = new Element("div");
  const window = new EventTarget();
  Object.assign(globalThis, {
    window,
    matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }),
    MutationObserver: class {
      observe() {}
      disconnect() {}
    },
  });
  document.body = { dataset: {} };
  let card = null;
  const nodes = [new Element("h2")];
  const focused = [];
  nodes[0].focus = () => focused.push(state.scene.position);
  nodes[0].scrollIntoView = () => {};
  const close = show(model, host, { x: () => ({ nodes, focus: nodes[0] }) }, { greet: (made) => void (card = made) });
  const answer = (parts = {}) => {
    Object.assign(state, { ack: sent.at(-1)?.n ?? "" }, parts);
    listeners.get("change:rev")();
  };
  return { card, sent, answer, close, focused, window };
}

const actions = (sent) => sent.map(({ n, ...action }) => action);

timed("what is done while an answer is due follows it, in order", () => {
  const { card, sent, answer, close } = page();
  card.ask({ do: "a" });
  card.ask({ do: "b" });
  card.ask({ do: "c" });
  assert.deepEqual(actions(sent), [{ do: "a" }]);
  answer();
  assert.deepEqual(actions(sent), [{ do: "a" }, { do: "b" }]);
  answer();
  answer();
  assert.deepEqual(actions(sent), [{ do: "a" }, { do: "b" }, { do: "c" }]);
  close();
});

timed("the second click of a double click is none, the same once more later on is", () => {
  const { card, sent, answer, close } = page();
  card.ask({ do: "next", position: 0 });
  card.ask({ do: "next", position: 0 });
  card.ask({ do: "next", position: 1 });
  card.ask({ do: "next", position: 1 });
  for (let step = 0; step < 4; step += 1) answer();
  assert.deepEqual(actions(sent), [{ do: "next", position: 0 }, { do: "next", position: 1 }]);
  card.ask({ do: "next", position: 1 });
  assert.equal(sent.length, 3);
  close();
});

timed("whoever went on herself is taken along; what the kernel changes on its own leaves the focus alone", () => {
  const { card, answer, focused, close } = page({ scene: { kind: "x", position: 0 } });
  card.ask({ do: "next" });
  answer({ scene: { kind: "x", position: 1 } });
  assert.deepEqual(focused, [1]);
  answer({ scene: { kind: "x", position: 2 } });
  card.ask({ do: "hello" }, { own: false });
  answer({ scene: { kind: "x", position: 3 } });
  assert.deepEqual(focused, [1]);
  close();
});

timed("a switch on the page around the card is followed where the card has that language", () => {
  const languages = [{ code: "de", name: "Deutsch" }, { code: "en", name: "English" }];
  const { sent, window, close } = page({ languages });
  for (const lang of ["en", "fr", "de"]) window.dispatchEvent(Object.assign(new Event("etiquette-language"), { detail: { lang } }));
  assert.deepEqual(actions(sent), [{ do: "language", lang: "de" }]);
  close();
});
