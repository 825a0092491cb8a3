// The connection of a page to its room: a WebSocket that comes back by itself, and polling where none gets through.
//
//   new Connection({
//     path: "ws",                  relative to the page; polling takes "poll" for "ws"
//     hello: () => message,        begins every connection and every poll
//     onmessage: (message, kept),  kept is what an "ack" settles, if that still waited
//     onstate: (state),            "open" | "lost" | "unknown" (nothing at that address); it goes on trying
//     probe: () => message,        optional: sent after a silence, and always answered
//     store: { read(), write() },  optional: where what is kept outlives the page
//   })
//   send(message)        once; returns whether there is a connection
//   keep(slot, message)  on every connection until its "id" is acknowledged or the slot has another
//   kept[slot], drop(slot), wait(ms) after an error, nudge() to try now, stop()
const RETRY = [500, 5000]; // ms until it is tried again: at first, at most
const PATIENCE = 10000; // ms until a connection says something, acknowledges, answers a poll
const POLL = 2000; // ms between two polls
const SOCKET = 30000; // ms until polling tries a WebSocket again
const SILENCE = 45000; // ms until it is probed

export class Connection {
  constructor(options) {
    Object.assign(this, { onstate() {}, probe() {}, store: { read: () => ({}), write() {} } }, options);
    this.kept = this.store.read();
    this.state = "connecting";
    this.unopened = 0; // WebSockets in a row that never said anything
    this.outbox = []; // for the next poll
    this.tries = this.pause = 0;
    this.timers = {};
    this.cut();
    for (const name of ["online", "pageshow"]) addEventListener(name, () => this.nudge());
    addEventListener("pagehide", () => this.cut()); // with an open connection, a page is not kept for going back
    document.addEventListener("visibilitychange", () => document.hidden || this.nudge());
    this.open();
  }

  after(name, delay, action) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(action, delay * (0.75 + Math.random() / 2)); // a whole room does not come back at once
  }

  tell(state) {
    if (this.state === state) return;
    this.state = state;
    this.onstate(state);
  }

  open() {
    if (this.stopped || this.socket) return;
    clearTimeout(this.timers.retry);
    const { protocol, host, pathname } = new URL(this.path, location.href);
    const socket = new WebSocket(`ws${protocol.slice(4)}//${host}${pathname}`);
    this.socket = socket;
    this.after("silence", PATIENCE, () => this.lose());
    socket.onopen = () => {
      for (const message of [this.hello(), ...Object.values(this.kept)]) socket.send(JSON.stringify(message));
      this.changed();
    };
    socket.onmessage = ({ data }) => {
      if (this.socket !== socket) return;
      this.spoke = true;
      this.endPolling();
      this.after("silence", SILENCE, () => this.ask());
      this.take(JSON.parse(data));
    };
    socket.onclose = () => this.socket === socket && this.lose();
  }

  take(message) {
    if (!message.error) {
      this.tries = this.pause = 0;
      this.tell("open");
    }
    const slot = message.ack && Object.keys(this.kept).find((name) => this.kept[name].id === message.ack);
    const settled = this.kept[slot];
    if (settled) this.drop(slot);
    this.onmessage(message, settled);
  }

  ask() {
    const message = this.probe();
    if (message && this.send(message)) this.after("silence", PATIENCE / 2, () => this.lose());
  }

  lose() {
    this.unopened = this.spoke ? 0 : this.unopened + 1;
    this.close();
    if (this.polling) this.after("retry", SOCKET, () => this.open());
    else this.fail(this.state === "unknown" ? "unknown" : "lost");
  }

  fail(state) {
    this.tell(state);
    if (this.stopped || this.socket) return;
    const delay = Math.max(this.pause, Math.min(RETRY[0] * 2 ** this.tries, RETRY[1]));
    this.tries += 1;
    this.after("retry", delay, () => (this.unopened < 2 ? this.open() : this.poll()));
  }

  async poll() {
    this.again = Boolean(this.asking);
    if (this.stopped || this.asking) return;
    const asking = new AbortController();
    this.polling = true;
    this.asking = asking;
    this.after("poll", PATIENCE, () => asking.abort());
    const body = JSON.stringify([this.hello(), ...Object.values(this.kept).slice(-6), ...this.outbox.splice(0, 1)]);
    let answer;
    let state = "lost";
    try {
      const response = await fetch(this.path.replace(/ws$/, "poll"), { method: "POST", body, signal: asking.signal });
      if (response.status === 404) state = "unknown";
      else if (response.ok) answer = await response.json();
    } catch (error) {
      console.warn(error); // no network; it is tried again
    }
    if (this.asking !== asking) return; // a WebSocket has come meanwhile, or the page was left
    this.asking = null;
    if (!answer) {
      this.endPolling();
      this.unopened = 1; // from now on, a WebSocket and a poll in turn
      this.fail(state);
      return;
    }
    // Where the server was only away for a moment, WebSockets work again.
    if (this.state !== "open") this.after("retry", POLL, () => this.open());
    for (const message of answer) this.take(message);
    this.after("poll", this.again || this.outbox.length ? 0 : Math.max(this.pause, POLL), () => this.poll());
  }

  endPolling() {
    clearTimeout(this.timers.poll);
    this.asking?.abort();
    this.asking = null;
    this.polling = false;
  }

  send(message) {
    const ready = this.socket?.readyState === 1 && (this.spoke || !this.polling);
    if (ready) this.socket.send(JSON.stringify(message));
    else if (this.polling) {
      this.outbox.push(message);
      this.poll();
    }
    return ready || this.polling;
  }

  keep(slot, message) {
    this.kept[slot] = message;
    if (this.polling) this.poll(); // which takes along all that is kept
    else this.send(message);
    this.changed();
  }

  drop(slot) {
    delete this.kept[slot];
    this.changed();
  }

  // A WebSocket on which an ack takes too long is taken for dead.
  changed() {
    this.store.write(this.kept);
    clearTimeout(this.timers.ack);
    if (this.socket && Object.keys(this.kept).length) this.after("ack", PATIENCE, () => this.lose());
  }

  wait(ms) {
    this.pause = ms;
  }

  nudge() {
    if (this.polling) this.poll();
    else if (this.spoke) this.ask();
    else this.open();
  }

  close() {
    for (const name of ["silence", "ack", "retry"]) clearTimeout(this.timers[name]);
    const { socket } = this;
    this.socket = null;
    this.spoke = false;
    socket?.close();
  }

  cut() {
    this.close();
    this.endPolling();
  }

  stop() {
    this.stopped = true;
    this.cut();
  }
}
