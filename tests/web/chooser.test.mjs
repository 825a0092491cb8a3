// The chooser: what is typed is sent as it stands at last, the key is drawn only where there is one, and the browser keeps what is chosen.
import assert from "node:assert/strict";
import { test } from "node:test";

import { bodyOf, cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/", import.meta.url);
const { Chosen } = await import(new URL("chooser/chosen.js", front));
const { Finding } = await import(new URL("chooser/finding.js", front));
const { keepChoice } = await import(new URL("chooser/kept.js", front));
const { drawRead } = await import(new URL("chooser/read.js", front));

const entry = (id, pair = "") => ({ id, title: `T${id}`, about: "bosses", short: "bosses", pair });
const filters = [{ name: "relation", label: "Who", values: [{ code: "boss", text: "Boss" }] }];
const page = (more = {}) => ({
  filters,
  entries: [entry("a"), entry("b", "Pair: wanted")],
  chosen_filters: { relation: "" },
  search: "",
  shown: ["a", "b"],
  found: "2 of 2",
  chosen: [],
  summary: "none",
  hint: "",
  name: "",
  said: "",
  read: null,
  ...more,
});
const question = { id: "a", initials: "A", person: "Ada", role: "boss", occasion: "request", stem: [{ text: "Stem." }], options: [{ id: "x", label: "I say yes." }] };
const option = { grade: 4, verdict: "fits best", tag: "stated", source: "from", reason: "because", feedback: "glad", passages: [] };

test("a row has its box, its title and which half of a pair it is", () => {
  const card = cardOf({});
  const finding = new Finding(card, page(), () => {});
  finding.update(page({ chosen: [entry("a")] }));
  const rows = finding.list.all("li");
  assert.deepEqual(rows.map((row) => row.all("strong")[0].textContent), ["Ta", "Tb"]);
  assert.deepEqual(rows.map((row) => "checked" in row.all("input")[0].attributes), [true, false]);
  assert.ok(rows[1].textContent.includes("Pair: wanted"));
  rows[1].all("input")[0].checked = true;
  rows[1].all("input")[0].listeners.change();
  rows[0].all("button")[0].listeners.click();
  assert.deepEqual(card.asked, [{ do: "tick", id: "b", on: true }, { do: "read", id: "a", open: true }]);
});

test("what is typed while an answer is due is asked for once the answer is there", async () => {
  const card = cardOf({});
  const finding = new Finding(card, page(), () => {});
  document.activeElement = finding.search;
  finding.search.value = "h";
  finding.search.listeners.input();
  card.outbox.busy = true;
  for (const text of ["ho", "hol"]) {
    finding.search.value = text;
    finding.search.listeners.input();
  }
  assert.deepEqual(card.asked, [{ do: "search", text: "h" }]);
  card.outbox.busy = false;
  finding.update(page({ search: "h" }));
  await Promise.resolve();
  assert.deepEqual(card.asked.at(-1), { do: "search", text: "hol" });
  assert.equal(finding.search.value, "hol", "what is being typed is not overwritten");
  finding.update(page({ search: "hol" }));
  await Promise.resolve();
  assert.equal(card.asked.length, 2);
  document.activeElement = null;
  finding.update(page({ search: "" }));
  assert.equal(finding.search.value, "", "elsewhere it shows what is searched for");
});

test("all can be shown again where the list is narrowed, and only there", () => {
  const card = cardOf({});
  const finding = new Finding(card, page(), () => {});
  for (const [more, count] of [[{}, 0], [{ search: "x" }, 1], [{ chosen_filters: { relation: "boss" } }, 1]]) {
    finding.update(page(more));
    assert.equal(finding.all.all("button").length, count);
  }
  finding.all.all("button")[0].listeners.click();
  assert.deepEqual(card.asked, [{ do: "show_all" }]);
});

test("the grades are drawn only where the key is there", () => {
  const without = bodyOf([drawRead(cardOf({ feedback: {} }), { read: { question, pair: "", keyed: false } })]);
  assert.ok(without.textContent.includes("I say yes."));
  assert.ok(!without.textContent.includes("fits best"));
  const key = { options: { x: option }, passages: {} };
  const card = cardOf({ feedback: key });
  const drawn = bodyOf([drawRead(card, { read: { question, pair: "", keyed: true } })]);
  for (const text of ["fits best", "because", "glad", "key_hint"]) assert.ok(drawn.textContent.includes(text), text);
  drawn.all("button").at(-1).listeners.click();
  assert.deepEqual(card.asked, [{ do: "key", id: "a", on: false }]);
});

test("at an end of the order a button says that it leads no further, and does nothing", () => {
  const card = cardOf({}, { up: "Up: {title}", down: "Down: {title}", remove: "Remove: {title}" });
  const chosen = new Chosen(card);
  chosen.update(page({ chosen: [entry("a"), entry("b")] }));
  const buttons = chosen.list.all("button");
  assert.deepEqual(buttons.slice(0, 3).map((node) => node.attributes["aria-label"]), ["Up: Ta", "Down: Ta", "Remove: Ta"]);
  assert.deepEqual(buttons.map((node) => node.attributes["aria-disabled"] ?? ""), ["true", "", "", "", "true", ""]);
  for (const node of buttons) node.listeners.click();
  assert.deepEqual(card.asked, [
    { do: "move", id: "a", to: "down" },
    { do: "tick", id: "a", on: false },
    { do: "move", id: "b", to: "up" },
    { do: "tick", id: "b", on: false },
  ]);
});

test("without a choice there is nothing to name, to save or to clear, but a file to open", () => {
  const chosen = new Chosen(cardOf({}));
  const hidden = () => [chosen.filled, chosen.save, chosen.clear, chosen.list].map((part) => "hidden" in part.attributes);
  chosen.update(page());
  assert.deepEqual(hidden(), [true, true, true, true]);
  chosen.update(page({ chosen: [entry("a")] }));
  assert.deepEqual(hidden(), [false, false, false, false]);
});

test("a file is sent as text, and one that is too large is not", async () => {
  const card = cardOf({});
  card.say = (text) => (card.said = text);
  const input = new Chosen(card).root.all("input").find((node) => node.attributes.type === "file");
  for (const [file, asked, said] of [
    [undefined, [], undefined],
    [{ name: "a.toml", size: 4e5 + 1 }, [], "too_large"],
    [{ name: "a.toml", size: 3e5, text: async () => "x".repeat(100001) }, [], "too_large"],
    [{ name: "a.toml", size: 2, text: async () => "hi" }, [{ do: "open", name: "a.toml", text: "hi" }], undefined],
  ]) {
    card.asked.length = 0;
    card.said = undefined;
    input.files = [file];
    await input.listeners.change();
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual([card.asked, card.said], [asked, said]);
  }
});

// ---- what the browser keeps -------------------------------------------------------------------------------------------------

function browser(kept) {
  const storage = new Map(kept === undefined ? [] : [["etiquette-kit-situations", kept]]);
  globalThis.localStorage = { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value) };
  return storage;
}

function keeping(standing) {
  const values = { standing: { touched: false, origin: "", name: "", chosen: [], ...standing } };
  const card = cardOf(values);
  card.model.on = (_, act) => (card.draw = act);
  card.model.off = () => (card.draw = null);
  const leave = keepChoice(card);
  return { card, values, leave };
}

test("what is chosen is kept, and a page that knows nothing of it gets it back", () => {
  const storage = browser();
  const { card, values, leave } = keeping({});
  assert.deepEqual(card.asked, []);
  card.draw();
  assert.equal(storage.size, 0, "nothing was chosen yet");
  values.standing = { ...values.standing, touched: true, name: "Friday", chosen: [entry("b"), entry("a")] };
  card.draw();
  leave();
  assert.equal(card.draw, null);
  assert.deepEqual(keeping({}).card.asked, [{ do: "restore", title: "Friday", scenarios: ["b", "a"] }]);
});

test("what a kernel has, or began with, is not overwritten", () => {
  browser(JSON.stringify({ origin: "", title: "Friday", scenarios: ["a"] }));
  assert.deepEqual(keeping({ touched: true }).card.asked, []);
  assert.deepEqual(keeping({ origin: "x,y" }).card.asked, []);
});

test("what cannot be read is as good as nothing, and a browser that keeps nothing does no harm", () => {
  const { info } = console;
  console.info = () => {};
  for (const kept of ["{", "null", "[]", JSON.stringify({ origin: "", scenarios: "a" })]) {
    browser(kept);
    assert.deepEqual(keeping({}).card.asked, []);
  }
  const forbidden = () => {
    throw new Error("forbidden");
  };
  globalThis.localStorage = { getItem: forbidden, setItem: forbidden };
  const { card } = keeping({ touched: true });
  assert.doesNotThrow(() => card.draw());
  console.info = info;
});

