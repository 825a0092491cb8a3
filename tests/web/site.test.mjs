// The scripts of the static site that need no page.
import assert from "node:assert/strict";
import { test } from "node:test";

const site = new URL("../../etiquette_kit/web/site/", import.meta.url);
const { fetchedAhead } = await import(new URL("ahead.js", site));
const { CardModel } = await import(new URL("card_model.js", site));
const { countedFetch, megabytes } = await import(new URL("progress.js", site));
const { typedFetch } = await import(new URL("wasm_type.js", site));

function model(parts = { lang: "de" }) {
  const posted = [];
  return { posted, model: new CardModel("Quiz-1", { kind: "Quiz", parameters: { lang: "de" } }, parts, (text) => posted.push(JSON.parse(text))) };
}

test("what is done while Python is loading is carried out once, after the card is made", () => {
  const { posted, model: card } = model();
  card.send({ do: "start", n: "a-1" });
  card.send({ do: "start", n: "a-1" });
  assert.equal(card.loading, true);
  assert.deepEqual(posted, []);
  card.run();
  card.send({ do: "next", n: "a-2" });
  assert.equal(card.loading, false);
  assert.deepEqual(posted, [
    { do: "open", card: "Quiz-1", kind: "Quiz", parameters: { lang: "de" } },
    { do: "take", card: "Quiz-1", message: { do: "start", n: "a-1" } },
    { do: "take", card: "Quiz-1", message: { do: "next", n: "a-2" } },
  ]);
});

test("a card begins in another language that was chosen meanwhile", () => {
  const { posted, model: card } = model();
  let drawn = 0;
  card.on("change:rev", () => (drawn += 1));
  card.begin({ parameters: { lang: "en" }, parts: { lang: "en" } });
  assert.equal(card.get("lang"), "en");
  assert.equal(drawn, 1);
  card.run();
  assert.deepEqual(posted[0].parameters, { lang: "en" });
});

test("a file is handed on and is no part of the page", () => {
  const { model: card } = model();
  const files = [];
  card.on("msg:custom", (file) => files.push(file));
  card.take({ file: { sheet: "handout" } });
  assert.deepEqual(files, [{ sheet: "handout" }]);
});

test("what is fetched ahead is asked for once, all else when it is due", async () => {
  const asked = [];
  const fetched = fetchedAhead(async (address) => asked.push(address), ["a", "b"]);
  assert.deepEqual(asked, ["a", "b"]);
  await fetched("a");
  await fetched("a");
  await fetched("c");
  assert.deepEqual(asked, ["a", "b", "a", "c"]);
});

test("bytes are counted as they come, and written as the language does", async () => {
  const counted = [];
  const fetched = countedFetch(async () => new Response("12345"), (loaded) => counted.push(loaded));
  assert.equal(await (await fetched("a")).text(), "12345");
  assert.equal(counted.at(-1), 5);
  assert.equal(megabytes(12_540_000, "de"), "12,5");
  assert.equal(megabytes(12_540_000, "en"), "12.5");
});

test("WebAssembly gets its type from a server that does not know it, and all else is as it came", async () => {
  const answer = (type, status = 200) => new Response("body", { status, headers: { "content-type": type, etag: "1" } });
  const fetched = (address, type, status) => typedFetch(async () => answer(type, status))(address);
  const typed = await fetched("a/core.wasm", "document/unknown");
  assert.equal(typed.headers.get("content-type"), "application/wasm");
  assert.equal(typed.headers.get("etag"), "1");
  assert.equal(await typed.text(), "body");
  assert.equal((await fetched("a/core.wasm", "application/wasm; charset=utf-8")).headers.get("content-type"), "application/wasm");
  assert.equal((await fetched("a/core.zip", "document/unknown")).headers.get("content-type"), "document/unknown");
  assert.equal((await fetched("a/core.wasm", "text/html", 404)).headers.get("content-type"), "text/html");
});
