// What is next before the first situation, and what the facilitator ticks herself.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf } from "./page.mjs";

const kept = new Map();
globalThis.sessionStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
globalThis.location = { pathname: "/ABC/control/" };
const { Lobby, nextItem, withTicks } = await import(new URL("../../etiquette_kit/web/control/lobby.js", import.meta.url));
const { readTicks } = await import(new URL("../../etiquette_kit/web/control/ticks.js", import.meta.url));

const item = (name, act, done) => ({ name, act, done, text: `text of ${name}`, why: null, button: `do ${name}` });
const pageWith = (screen, phone, act = "show_code") => ({
  qr: "data:image/svg+xml,code",
  address: "http://192.168.1.2:8349/",
  links: { screen: "../screen/" },
  lobby: {
    title: "Before", ready: "Ready", done: "done", hide: "hide",
    items: [item("screen", "open_screen", screen), item("phone", act, phone), item("sound", "tick", null), item("sheet", "print", null)],
  },
});
const WORDS = { qr: "code for {address}" };

function lobby(pressed = []) {
  kept.clear();
  return new Lobby({ reach: () => pressed.push("reach"), print: () => pressed.push("print") });
}

const next = (made) => bodyOf([made.node]).all("a").concat(bodyOf([made.node]).all("button")).map((node) => node.textContent);

test("the next item is the first that is not done", () => {
  const { items } = pageWith(true, false).lobby;
  assert.equal(nextItem(withTicks(items, [])).name, "phone");
  assert.equal(nextItem(withTicks(pageWith(true, true).lobby.items, ["sheet"])).name, "sound");
  assert.equal(nextItem(withTicks(pageWith(true, true).lobby.items, ["sheet", "sound"])), null);
});

test("what the room knows is not ticked by hand", () => {
  const items = withTicks(pageWith(false, false).lobby.items, ["screen", "phone"]);
  assert.deepEqual(items.map(({ done, ticked }) => [done, ticked]), [[false, false], [false, false], [false, true], [false, true]]);
});

test("from the screen to the start there is one large button at a time", () => {
  const pressed = [];
  const made = lobby(pressed);
  let page = pageWith(false, false, "reach");
  made.onticked = () => made.show(page, WORDS);
  assert.equal(made.show(page, WORDS), false);
  assert.deepEqual(next(made), ["do screen"]);
  page = pageWith(true, false, "reach");
  made.show(page, WORDS);
  assert.deepEqual(next(made), ["do phone"]);
  bodyOf([made.node]).all("button")[0].listeners.click({ detail: 1 });
  assert.deepEqual(pressed, ["reach"]);
  page = pageWith(true, true);
  made.show(page, WORDS);
  bodyOf([made.node]).all("button")[0].listeners.click({ detail: 2, preventDefault() {} });
  assert.deepEqual(readTicks(), []);
  bodyOf([made.node]).all("button")[0].listeners.click({ detail: 1 });
  assert.deepEqual(readTicks(), ["sound"]);
  assert.deepEqual(next(made), ["do sheet"]);
  made.tick("sheet", true);
  assert.equal(made.show(page, WORDS), true);
  assert.deepEqual(next(made), []);
  made.tick("sound", false);
  assert.equal(made.show(page, WORDS), false);
});

test("ticks outlive a reload, and a store that holds nonsense is no trouble", () => {
  const made = lobby();
  made.tick("sound", true);
  assert.deepEqual(new Lobby({}).ticks, ["sound"]);
  kept.set([...kept.keys()][0], "{");
  assert.deepEqual(readTicks(), []);
  kept.set([...kept.keys()][0], "7");
  assert.deepEqual(readTicks(), []);
});

test("after the lobby nothing is left of it", () => {
  const made = lobby();
  assert.equal(made.show({ ...pageWith(false, false), lobby: null }, WORDS), true);
  assert.equal(made.node.hidden, true);
});
