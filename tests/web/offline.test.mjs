// The logic of the service worker: which file an address means, what a download passes on, and what is kept.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

const site = new URL("../../etiquette_kit/web/site/", import.meta.url);
const { addressOf, placeOf } = await import(new URL("service_worker/addresses.js", site));
const { Download } = await import(new URL("service_worker/download.js", site));
const { SiteFiles } = await import(new URL("service_worker/site_files.js", site));
const { isCut } = await import(new URL("loading_bar.js", site));

const SCOPE = "https://example.test/courses/online/";
const hash = (text) => createHash("sha256").update(text).digest("hex");
const listed = (texts) => Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, { sha256: hash(text), size: text.length }]));

// A body of pieces; "cut" breaks it off, "wait" never goes on.
function body(...pieces) {
  return new ReadableStream({
    async pull(out) {
      const piece = pieces.shift();
      if (piece === undefined) out.close();
      else if (piece === "cut") out.error(new TypeError("network error"));
      else if (piece === "wait") await new Promise(() => {});
      else out.enqueue(new TextEncoder().encode(piece));
    },
  });
}

const answering = (...pieces) => async () => new Response(body(...pieces), { headers: { "content-type": "text/plain", "content-encoding": "gzip" } });

async function pieces(response) {
  const passed = [];
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { passed, error: null };
      passed.push(new TextDecoder().decode(value));
    }
  } catch (error) {
    return { passed, error };
  }
}

test("an address means a file whatever comes after it", () => {
  const files = listed({ "index.html": "", "de/index.html": "", "de/quiz.html": "", "app/ä b.js": "" });
  const path = (rest) => placeOf(SCOPE + rest, SCOPE, files)?.path;
  for (const rest of ["", "index.html", "?from=mail", "#top", "index.html?a=b#c"]) assert.equal(path(rest), "index.html");
  assert.equal(path("de/?a"), "de/index.html");
  assert.equal(path("de/quiz"), "de/quiz.html");
  assert.equal(path("app/%C3%A4%20b.js"), "app/ä b.js");
  assert.equal(addressOf("app/ä b.js", SCOPE), `${SCOPE}app/%C3%A4%20b.js`);
  assert.deepEqual(placeOf(`${SCOPE}de?a=b`, SCOPE, files), { folder: `${SCOPE}de/?a=b` });
});

test("an address outside the site, or of no file, means none", () => {
  const files = listed({ "index.html": "" });
  for (const address of ["https://example.test/", "https://other.test/courses/online/", `${SCOPE}nothing`, `${SCOPE}%`, `${SCOPE}constructor`]) {
    assert.equal(placeOf(address, SCOPE, files), null, address);
  }
});

test("a file that is streamed comes in pieces, for everyone who asks", async () => {
  const download = new Download(answering("one ", "two ", "three"), hash("one two three"), { isStreamed: true });
  const [first, second] = await Promise.all([download.answer(), download.answer()]);
  assert.equal(first.headers.get("content-type"), "text/plain");
  assert.equal(first.headers.get("content-encoding"), null, "it is not packed any more");
  assert.deepEqual(await pieces(first), { passed: ["one ", "two ", "three"], error: null });
  assert.equal(await second.text(), "one two three");
  assert.equal(await download.isRight, true);
  assert.equal(await (await download.answer()).text(), "one two three", "who comes late gets it, too");
});

test("the last piece of a wrong file is not passed on where it is streamed", async () => {
  const download = new Download(answering("one ", "two ", "four"), hash("one two three"), { isStreamed: true });
  const { passed, error } = await pieces(await download.answer());
  assert.deepEqual(passed, ["one ", "two "]);
  assert.match(String(error), /TypeError: network error/);
  assert.equal(await download.isRight, false);
});

test("a wrong file that is not streamed is passed on", async () => {
  const download = new Download(answering("new"), hash("old"));
  assert.equal(await (await download.answer()).text(), "new");
  assert.equal(await download.isRight, false);
});

test("an answer that is an error is passed on as it is", async () => {
  const download = new Download(async () => new Response("not found", { status: 404 }), hash("not found"), { isStreamed: true });
  const answer = await download.answer();
  assert.equal(answer.status, 404);
  assert.equal(await answer.text(), "not found");
  assert.equal(await download.isRight, false);
});

for (const [what, coming] of Object.entries({ "is cut": ["one ", "cut"], stalls: ["one ", "wait"] })) {
  test(`a connection that ${what} is an error, for everyone`, async () => {
    const streamed = new Download(answering(...coming), hash("one two"), { isStreamed: true, patience: 20 });
    assert.match(String((await pieces(await streamed.answer())).error), /network error/);
    const whole = new Download(answering(...coming), hash("one two"), { patience: 20 });
    await assert.rejects(whole.answer(), /network error/);
    await assert.rejects(whole.isRight, /network error/);
  });
}

test("a server that does not answer is an error in time", async () => {
  let stopped;
  const ask = (signal) => {
    stopped = signal;
    return new Promise(() => {});
  };
  await assert.rejects(new Download(ask, hash(""), { patience: 20 }).answer(), /network error/);
  assert.ok(stopped.aborted);
});

// The browser's caches, as far as they are needed, and a server whose texts can be changed.
class Caches {
  constructor() {
    this.entries = new Map();
    this.isFull = false;
  }

  async open() {
    return this;
  }

  async match(key) {
    return this.entries.get(key)?.clone();
  }

  async put(key, response) {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this.entries.set(key, response);
  }

  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }

  async delete(key) {
    return this.entries.delete(key);
  }
}

function version(caches, texts, { server = texts, space = Infinity } = {}) {
  const asked = [];
  const fetch = async (address) => {
    const path = decodeURIComponent(address.slice(SCOPE.length));
    asked.push(path);
    if (server[path] === "cut") throw new TypeError("Failed to fetch");
    return new Response(server[path], { status: path in server ? 200 : 404 });
  };
  const files = new SiteFiles({ scope: SCOPE, files: listed(texts), version: hash(JSON.stringify(texts)), caches, fetch, space: async () => space });
  return { files, asked };
}

test("a version is complete when all its files came, and goes on where it was cut off", async () => {
  const caches = new Caches();
  const texts = { "index.html": "start", "a.js": "a", "b.js": "b" };
  const { files, asked } = version(caches, texts, { server: { ...texts, "b.js": "cut" } });
  await assert.rejects(files.complete(), /b\.js could not be kept/);
  assert.equal(await files.isComplete(), false);
  assert.equal(await files.isAnyComplete(), false);
  const again = version(caches, texts);
  await again.files.complete();
  assert.deepEqual([asked, again.asked], [["index.html", "a.js", "b.js"], ["b.js"]]);
  assert.equal(await again.files.isComplete(), true);
  assert.equal(await (await again.files.kept("b.js")).text(), "b");
});

test("what is not as the list says never gets in", async () => {
  const caches = new Caches();
  const texts = { "index.html": "start", "a.js": "a" };
  for (const wrong of [{ "index.html": "start", "a.js": "<p>Please log in.</p>" }, { "index.html": "start" }]) {
    await assert.rejects(version(caches, texts, { server: wrong }).files.complete());
    assert.deepEqual([...caches.entries.keys()], [`${SCOPE}?sha256=${hash("start")}`]);
  }
});

test("a newer version fetches what is new alone, and the older one stays as it is until the newer one prunes", async () => {
  const caches = new Caches();
  const older = version(caches, { "index.html": "start", "a.js": "a" });
  await older.files.complete();
  const newer = version(caches, { "index.html": "start", "a.js": "another a" });
  assert.equal(await newer.files.isComplete(), false);
  assert.equal(await newer.files.isAnyComplete(), true);
  await newer.files.complete();
  assert.deepEqual(newer.asked, ["a.js"]);
  assert.equal(await (await older.files.kept("a.js")).text(), "a");
  assert.equal(await (await newer.files.kept("a.js")).text(), "another a");
  await newer.files.prune();
  assert.equal(await older.files.kept("a.js"), undefined);
  assert.equal(await (await newer.files.kept("a.js")).text(), "another a");
  assert.equal(await newer.files.isComplete(), true);
  assert.equal(caches.entries.size, 3, "two files, and the mark of the version");
});

test("a file that is coming is not asked for twice", async () => {
  const { files, asked } = version(new Caches(), { "app/python/kit.zip": "python" });
  const answers = await Promise.all([files.load("app/python/kit.zip").answer(), files.load("app/python/kit.zip").answer(), files.complete()]);
  assert.equal(await answers[0].text(), "python");
  assert.equal(await answers[1].text(), "python");
  assert.deepEqual(asked, ["app/python/kit.zip"]);
});

test("where there is no room, nothing is begun; where the storage is full, the page gets its file all the same", async () => {
  const texts = { "a.js": "a" };
  const narrow = version(new Caches(), texts, { space: 0 });
  await assert.rejects(narrow.files.complete(), /no room/);
  assert.deepEqual(narrow.asked, []);
  const caches = new Caches();
  caches.isFull = true;
  const download = version(caches, texts).files.load("a.js");
  assert.equal(await (await download.answer()).text(), "a");
  assert.equal(await download.isKept, false);
});

test("a browser that keeps nothing answers from the server", async () => {
  const nothing = { open: async () => Promise.reject(new DOMException("denied", "SecurityError")) };
  const { files } = version(nothing, { "a.js": "a" });
  assert.equal(await files.kept("a.js"), undefined);
  assert.equal(await files.isComplete(), false);
  assert.equal(await (await files.load("a.js").answer()).text(), "a");
});

test("a connection that was cut is told apart from an error in Python", () => {
  for (const message of ["TypeError: Failed to fetch", "TypeError: network error", "TypeError: NetworkError when attempting to fetch resource.", "TypeError: Load failed", "", undefined]) {
    assert.ok(isCut(message), message);
  }
  for (const message of ["PythonError: Traceback", "RangeError: out of memory", "Error: 404 /kit.zip"]) assert.ok(!isCut(message), message);
});
