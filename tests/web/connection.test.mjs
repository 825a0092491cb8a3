// A page's connection: it comes back by itself, ever later, polls where no WebSocket gets through, and loses nothing that it keeps.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

const { Connection } = await import(new URL("../../etiquette_kit/web/shared/connection.js", import.meta.url));

let sockets;
let polls;
let heard;
let states;
let page;

class Socket {
  constructor(address) {
    Object.assign(this, { address, sent: [], readyState: 0, closed: false });
    sockets.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  opens() {
    this.readyState = 1;
    this.onopen();
  }

  says(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  breaks() {
    this.readyState = 3;
    this.onclose();
  }

  close() {
    this.closed = true;
  }
}

beforeEach(() => {
  [sockets, polls, heard, states] = [[], [], [], []];
  page = new EventTarget();
  Object.assign(globalThis, {
    WebSocket: Socket,
    location: { href: "https://room.example/rooms/CODE/" },
    document: Object.assign(new EventTarget(), { hidden: false }),
    addEventListener: (...given) => page.addEventListener(...given),
    fetch: (path, { body }) => new Promise((answer) => polls.push({ path, said: JSON.parse(body), answer })),
  });
  mock.method(Math, "random", () => 0.5); // neither earlier nor later
  mock.method(console, "warn", () => {});
  mock.timers.enable({ apis: ["setTimeout"] });
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

const pass = (ms) => mock.timers.tick(ms);
const settled = () => new Promise((done) => setImmediate(done));

function connect(more = {}) {
  return new Connection({ path: "ws", hello: () => ({ do: "hello" }), onmessage: (...given) => heard.push(given), onstate: (state) => states.push(state), ...more });
}

// Through a WebSocket that has spoken.
function open(more) {
  const connection = connect(more);
  sockets[0].opens();
  sockets[0].says({ page: 1 });
  return connection;
}

// Two WebSockets that never said anything: from there on it polls.
function poll(more) {
  const connection = connect(more);
  sockets[0].breaks();
  pass(500);
  sockets[1].breaks();
  pass(1000);
  return connection;
}

async function answered(index, messages) {
  polls[index].answer({ ok: true, status: 200, json: async () => messages });
  await settled();
}

test("it begins with its greeting, and is open once the room has spoken", () => {
  connect();
  assert.equal(sockets[0].address, "wss://room.example/rooms/CODE/ws");
  sockets[0].opens();
  assert.deepEqual([sockets[0].sent, states], [[{ do: "hello" }], []]);
  sockets[0].says({ page: 1 });
  assert.deepEqual([heard, states], [[[{ page: 1 }, undefined]], ["open"]]);
});

test("after a break it tries again, each time twice as late, at most every five seconds", () => {
  open();
  let count = 1;
  for (const delay of [500, 1000, 2000, 4000, 5000, 5000]) {
    sockets.at(-1).opens();
    sockets.at(-1).says({ error: "busy" }); // which says that somebody is there, not that all is well
    sockets.at(-1).breaks();
    pass(delay - 1);
    assert.equal(sockets.length, count, `before ${delay}`);
    pass(1);
    count += 1;
    assert.equal(sockets.length, count, `after ${delay}`);
  }
  assert.deepEqual(states, ["open", "lost"]);
});

test("once the room has spoken, the next break is a first one again", () => {
  open();
  sockets[0].breaks();
  pass(500);
  sockets[1].opens();
  sockets[1].says({ page: 2 });
  assert.deepEqual(states, ["open", "lost", "open"]);
  sockets[1].breaks();
  pass(500);
  assert.equal(sockets.length, 3);
});

test("who is told to wait comes back no earlier", () => {
  const connection = open();
  connection.wait(20000);
  sockets[0].breaks();
  pass(19999);
  assert.equal(sockets.length, 1);
  pass(1);
  assert.equal(sockets.length, 2);
});

test("a whole room does not come back at once", () => {
  for (const [chance, delay] of [[0, 375], [0.999, 624]]) {
    sockets = [];
    open();
    Math.random.mock.mockImplementation(() => chance);
    sockets[0].breaks();
    pass(delay - 1);
    assert.equal(sockets.length, 1);
    pass(2);
    assert.equal(sockets.length, 2);
  }
});

test("one that says nothing at all is given up", () => {
  connect();
  sockets[0].opens();
  pass(9999);
  assert.equal(sockets[0].closed, false);
  pass(1);
  assert.deepEqual([sockets[0].closed, states], [true, ["lost"]]);
});

test("after a long silence it is asked whether it is still there", () => {
  open({ probe: () => ({ do: "lang" }) });
  pass(45000);
  assert.deepEqual(sockets[0].sent.at(-1), { do: "lang" });
  sockets[0].says({ words: {} });
  pass(44999);
  assert.deepEqual(states, ["open"]);
  pass(1);
  pass(5000);
  assert.deepEqual([sockets[0].closed, states], [true, ["open", "lost"]]);
});

test("what is kept is said on every connection until it is acknowledged", () => {
  const connection = open();
  const vote = { do: "vote", id: "v1" };
  connection.keep("0/first", vote);
  assert.deepEqual(sockets[0].sent.at(-1), vote);
  sockets[0].breaks();
  pass(500);
  sockets[1].opens();
  assert.deepEqual(sockets[1].sent, [{ do: "hello" }, vote]);
  sockets[1].says({ ack: "other" });
  assert.deepEqual(connection.kept, { "0/first": vote });
  sockets[1].says({ ack: "v1" });
  assert.deepEqual([connection.kept, heard.at(-1)], [{}, [{ ack: "v1" }, vote]]);
  sockets[1].breaks();
  pass(500);
  sockets[2].opens();
  assert.deepEqual(sockets[2].sent, [{ do: "hello" }]);
});

test("of two in one slot the last is said; an acknowledgement of the first settles nothing", () => {
  const connection = connect();
  connection.keep("0/first", { id: "v1" });
  connection.keep("0/first", { id: "v2" });
  sockets[0].opens();
  assert.deepEqual(sockets[0].sent, [{ do: "hello" }, { id: "v2" }]);
  sockets[0].says({ ack: "v1" });
  assert.deepEqual([connection.kept, heard.at(-1)[1]], [{ "0/first": { id: "v2" } }, undefined]);
});

test("what is kept outlives the page, and an answer that takes too long ends the connection", () => {
  const written = [];
  const store = { read: () => ({ old: { id: "v0" } }), write: (kept) => written.push(JSON.stringify(kept)) };
  const connection = open({ store });
  assert.deepEqual(sockets[0].sent, [{ do: "hello" }, { id: "v0" }]);
  connection.drop("old");
  connection.keep("new", { id: "v1" });
  assert.equal(written.at(-1), '{"new":{"id":"v1"}}');
  pass(9999);
  assert.equal(sockets[0].closed, false);
  pass(1);
  assert.deepEqual([sockets[0].closed, states], [true, ["open", "lost"]]);
});

test("where no WebSocket gets through, it polls for what there is and says what is kept", async () => {
  const connection = poll();
  connection.keep("0/first", { id: "v1" });
  assert.deepEqual([polls.length, polls[0].path, polls[0].said], [1, "poll", [{ do: "hello" }]]);
  await answered(0, [{ page: 1 }]);
  assert.deepEqual([heard.at(-1)[0], states], [{ page: 1 }, ["lost", "open"]]);
  pass(0);
  assert.deepEqual(polls[1].said, [{ do: "hello" }, { id: "v1" }], "at once, since it came meanwhile");
  await answered(1, [{ ack: "v1" }]);
  assert.deepEqual(connection.kept, {});
  pass(1999);
  assert.equal(polls.length, 2);
  pass(1);
  assert.deepEqual(polls[2].said, [{ do: "hello" }]);
});

test("what is said while it polls goes along with the next polls, one each", async () => {
  const connection = poll();
  assert.equal(connection.send({ do: "one" }), true);
  assert.equal(connection.send({ do: "two" }), true);
  await answered(0, []);
  pass(0);
  assert.deepEqual(polls[1].said, [{ do: "hello" }, { do: "one" }]);
  await answered(1, []);
  pass(0);
  assert.deepEqual(polls[2].said, [{ do: "hello" }, { do: "two" }]);
});

test("as soon as a WebSocket speaks, polling ends", async () => {
  poll();
  await answered(0, [{ page: 1 }]);
  pass(2000);
  assert.equal(sockets.length, 3, "where the server was only away for a moment, WebSockets work again");
  sockets[2].opens();
  sockets[2].says({ page: 2 });
  await answered(1, [{ page: "late" }]);
  pass(60000);
  assert.equal(polls.length, 2);
  assert.deepEqual(heard.at(-1)[0], { page: 2 }, "what a poll brings too late is not taken");
});

test("where there is no such room, that is said, and it goes on trying: a WebSocket and a poll in turn", async () => {
  poll();
  polls[0].answer({ ok: false, status: 404 });
  await settled();
  assert.deepEqual(states, ["lost", "unknown"]);
  pass(2000);
  assert.deepEqual([sockets.length, polls.length], [3, 1]);
  sockets[2].breaks();
  pass(4000);
  assert.deepEqual([sockets.length, polls.length], [3, 2]);
  assert.deepEqual(states, ["lost", "unknown"]);
});

test("without a connection nothing is sent, and it is told so", () => {
  const connection = connect();
  assert.ok(!connection.send({ do: "next" }));
  sockets[0].opens();
  assert.deepEqual(sockets[0].sent, [{ do: "hello" }]);
  assert.ok(connection.send({ do: "next" }));
});

test("once it is stopped it does not come back", () => {
  const connection = open();
  connection.stop();
  assert.ok(sockets[0].closed);
  sockets[0].breaks();
  page.dispatchEvent(new Event("online"));
  pass(60000);
  assert.deepEqual([sockets.length, polls.length], [1, 0]);
});

test("a page that is left has no connection, and one that comes back has one at once", () => {
  open();
  page.dispatchEvent(new Event("pagehide"));
  assert.ok(sockets[0].closed);
  page.dispatchEvent(new Event("pageshow"));
  assert.equal(sockets.length, 2);
});
