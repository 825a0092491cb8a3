// The author's page: what is typed goes to the kernel as it stands at last, before anything else that is asked; and a tab knows what did not arrive.
import assert from "node:assert/strict";
import { test } from "node:test";

import { cardOf } from "./page.mjs";

const front = new URL("../../etiquette_kit/web/card/writer/", import.meta.url);
const { typedIn } = await import(new URL("typed.js", front));
const { FieldView } = await import(new URL("field.js", front));
const { arrive } = await import(new URL("arrival.js", front));

const tick = () => new Promise((resolve) => queueMicrotask(resolve));
globalThis.requestAnimationFrame = () => {};

function writing(scene = { kind: "form", key: "one" }) {
  const card = cardOf({ scene });
  card.queue = [];
  return card;
}

const edit = (field, value) => ({ do: "edit", key: "one", field, value });

test("what is typed while an answer is due follows once it is there, as it stands then", async () => {
  const card = writing();
  const typed = typedIn(card);
  typed.type("id", "a");
  card.outbox.busy = true;
  typed.type("id", "ab");
  typed.type("id", "abc");
  assert.deepEqual(card.asked, [edit("id", "a")]);
  card.outbox.busy = false;
  typed.settle();
  await tick();
  assert.deepEqual(card.asked, [edit("id", "a"), edit("id", "abc")]);
  assert.ok(typed.has("id"));
  typed.settle();
  assert.ok(!typed.has("id"));
});

test("everything that was typed goes before what is asked next, each once", () => {
  const card = writing();
  const typed = typedIn(card);
  typed.type("id", "a");
  card.outbox.busy = true;
  typed.type("twin", "b");
  typed.ask({ do: "keep" });
  assert.deepEqual(card.asked, [edit("id", "a"), edit("twin", "b"), { do: "keep" }]);
});

test("nothing is taken for arrived while something is on its way", () => {
  const card = writing();
  const typed = typedIn(card);
  const kept = [];
  typed.kept = (fields) => kept.push(fields);
  typed.type("id", "a");
  card.outbox.busy = true;
  typed.settle();
  assert.ok(typed.has("id"));
  card.outbox.busy = false;
  typed.settle();
  assert.deepEqual(kept, [{ id: "a" }, {}]);
});

test("the kernel's text replaces what is not being typed, and the caret stays before the same words", () => {
  const card = writing();
  const view = new FieldView(card, { name: "id", label: "Name" });
  const { control } = view;
  let caret = null;
  Object.assign(control, { value: "a\u00adb|c", selectionEnd: 4, setSelectionRange: (start) => (caret = start) });
  document.activeElement = control;
  const page = (value) => ({ values: { id: value }, counts: {}, notes: {} });
  typedIn(card).type("id", control.value);
  view.update(page("older"));
  assert.equal(control.value, "a\u00adb|c");
  typedIn(card).settle();
  view.update(page("ab|c"));
  assert.equal(control.value, "ab|c");
  assert.equal(caret, 3);
});

test("what is found is text, and what is wrong says so", () => {
  const card = writing();
  const view = new FieldView(card, { name: "id", label: "Name" });
  view.control.value = "";
  const page = (notes) => ({ values: {}, counts: {}, notes });
  view.update(page({ id: [{ weight: "error", text: "<b>no</b>" }, { weight: "missing", text: "empty" }] }));
  assert.deepEqual(view.notes.all("li").map((note) => note.textContent), ["weight_error: <b>no</b>", "empty"]);
  assert.equal(view.control.attributes["aria-invalid"], "true");
  view.update(page({}));
  assert.equal(view.notes.all("li").length, 0);
  assert.ok(!("aria-invalid" in view.control.attributes));
});

test("a tab says which one it is, and hands over what no kernel has taken", () => {
  const kept = { "etiquette-kit-writer": JSON.stringify({ tab: "t", open: "one", typed: { id: "a" } }) };
  globalThis.sessionStorage = { getItem: (key) => kept[key] ?? null, setItem: (key, text) => (kept[key] = text) };
  const card = writing({ kind: "list" });
  const listeners = [];
  Object.assign(card.model, { on: (_, listener) => listeners.push(listener), off: () => {} });
  arrive(card);
  assert.deepEqual(card.asked, [{ do: "arrive", tab: "t", open: "one", typed: { id: "a" } }]);
  const draw = () => listeners.forEach((listener) => listener());
  card.outbox.busy = true;
  draw();
  assert.deepEqual(JSON.parse(kept["etiquette-kit-writer"]).typed, { id: "a" }); // it may not have arrived
  card.outbox.busy = false;
  draw();
  assert.deepEqual(JSON.parse(kept["etiquette-kit-writer"]).typed, {});
  typedIn(card).type("twin", "b");
  assert.deepEqual(JSON.parse(kept["etiquette-kit-writer"]).typed, { twin: "b" });
  draw();
  assert.deepEqual(JSON.parse(kept["etiquette-kit-writer"]), { tab: "t", open: "", typed: {} });
});
