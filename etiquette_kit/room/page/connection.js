// The connection of a page to its room: a WebSocket that comes back by itself, and polling where none gets through.
//
//   const line = new Connection({
//     path: "ws",                    relative to the page; for polling, its last "ws" becomes "poll"
//     hello: () => message,          the first message, asked for at every (re)connection and every poll
//     onmessage: (message, kept),    each message; with an "ack", kept is the message that it settles, if it was still waiting
//     onstate: (state),              "open" | "lost" (it goes on trying) | "unknown" (the address is not there; it goes on trying)
//     probe: () => message,          optional: harmless and answered; sent after a silence, to find out whether anybody is there
//     store: { read(), write(kept) } optional: where what waits for its ack outlives the page
//   });
//   line.send(message)        once, if there is a connection; returns whether there is
//   line.keep(slot, message)  sent now and after every reconnection until its "id" is acknowledged; a later one in the slot replaces it
//   line.kept[slot]           what waits there
//   line.drop(slot)           no longer
//   line.wait(milliseconds)   not to be asked again so soon, after an error
//   line.nudge()              try now
//   line.stop()               for good
const RETRY = [500, 5000]; // ms before it is tried again: at first, at most
const PATIENCE = 10000; // ms until a connection says something
const ACK = 8000; // ms until what was sent is acknowledged; then another connection is tried
const POLL = 2000; // ms between two polls
const SOCKET = 30000; // ms until polling tries a WebSocket again
const SILENCE = 45000; // ms until it is probed
const ANSWER = 5000; // ms a probe waits

const jitter = (delay) => delay * (0.75 + Math.random() / 2); // a whole room does not come back in the same moment

export class Connection {
  constructor(options) {
    this.options = options;
    this.kept = options.store ? options.store.read() : {};
    this.socket = null;
    this.spoke = false; // whether this WebSocket has said something
    this.worked = false; // whether one ever did
    this.unopened = 0; // how many in a row never did
    this.polling = false;
    this.asking = null; // the poll under way
    this.outbox = [];
    this.tries = 0;
    this.late = 0; // how often in a row an ack was too late
    this.pause = 0;
    this.heard = 0;
    this.timers = {};
    this.state = "connecting";
    addEventListener("online", () => this.nudge());
    addEventListener("pageshow", () => this.nudge());
    addEventListener("pagehide", () => this.cut()); // a page with an open connection is not kept for going back
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.nudge());
    this.open();
  }

  url(secure, path) {
    const url = new URL(path, location.href);
    if (secure) url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.hash = "";
    return url.href;
  }

  after(name, delay, action) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(action, delay);
  }

  clear(...names) {
    for (const name of names) clearTimeout(this.timers[name]);
  }

  tell(state) {
    if (state === this.state) return;
    this.state = state;
    if (this.options.onstate) this.options.onstate(state);
  }

  open() {
    this.clear("retry");
    if (this.stopped || this.socket) return;
    let socket;
    try {
      socket = new WebSocket(this.url(true, this.options.path));
    } catch (error) {
      console.warn(error); // not allowed on this page
      this.lose();
      return;
    }
    this.socket = socket;
    this.spoke = false;
    this.after("patience", jitter(PATIENCE), () => this.lose());
    socket.onopen = () => {
      if (this.socket !== socket) return;
      for (const message of [this.options.hello(), ...Object.values(this.kept)]) socket.send(JSON.stringify(message));
      this.await();
    };
    socket.onmessage = ({ data }) => {
      if (this.socket !== socket) return;
      this.clear("patience", "probe");
      this.spoke = true;
      this.worked = true;
      this.unopened = 0;
      this.endPolling();
      this.listen();
      this.take(JSON.parse(data));
    };
    socket.onclose = () => this.socket === socket && this.lose();
  }

  // Take a message, whichever way it came.
  take(message) {
    this.heard = Date.now();
    if (!message.error) {
      this.tries = 0;
      this.pause = 0;
      this.tell("open");
    }
    let settled;
    if (message.ack) {
      this.late = 0;
      const slot = Object.keys(this.kept).find((name) => this.kept[name].id === message.ack);
      if (slot !== undefined) {
        settled = this.kept[slot];
        this.drop(slot);
      }
      this.await();
    }
    this.options.onmessage(message, settled);
  }

  // What is kept is to be acknowledged; a connection on which that takes too long is taken for dead.
  await() {
    this.clear("ack");
    if (!this.socket || !Object.keys(this.kept).length) return;
    this.after("ack", jitter(ACK * 2 ** Math.min(this.late, 3)), () => {
      this.late += 1;
      this.lose();
    });
  }

  listen() {
    this.after("silence", jitter(SILENCE), () => this.probe());
  }

  probe() {
    const message = this.options.probe && this.options.probe();
    if (!message || !this.send(message)) return;
    if (this.polling) return;
    this.after("probe", jitter(ANSWER), () => this.lose());
    this.listen();
  }

  // The WebSocket is gone, or as good as gone.
  lose() {
    this.unopened = this.spoke ? 0 : this.unopened + 1;
    this.close();
    if (this.stopped) return;
    if (this.polling) {
      this.after("retry", jitter(SOCKET), () => this.open());
      return;
    }
    if (this.state !== "unknown") this.tell("lost");
    this.retry(this.unopened >= 2 ? () => this.poll() : () => this.open());
  }

  retry(action) {
    const delay = Math.max(this.pause, Math.min(RETRY[0] * 2 ** this.tries, RETRY[1]));
    this.tries += 1;
    this.after("retry", jitter(delay), action);
  }

  async poll() {
    this.clear("poll");
    if (this.stopped) return;
    this.polling = true;
    if (this.asking) {
      this.again = true;
      return;
    }
    const asking = new AbortController();
    this.asking = asking;
    this.again = false;
    this.after("asked", PATIENCE, () => asking.abort());
    const messages = [this.options.hello(), ...Object.values(this.kept), ...this.outbox];
    this.outbox = [];
    let answer = null;
    let status = 0;
    try {
      const response = await fetch(this.url(false, this.options.path.replace(/ws$/, "poll")), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(messages),
        cache: "no-store",
        signal: asking.signal,
      });
      status = response.status;
      if (response.ok) answer = await response.json();
    } catch (error) {
      console.warn(error); // no network; it is tried again
    }
    if (this.asking !== asking) return; // a WebSocket has come meanwhile, or the page was left
    this.asking = null;
    this.clear("asked");
    if (answer === null) {
      this.polling = false;
      this.unopened = 1; // the next attempts are a WebSocket and a poll in turn
      this.tell(status === 404 ? "unknown" : "lost");
      if (!this.socket) this.retry(() => this.open());
      return;
    }
    const first = this.state !== "open";
    for (const message of answer) this.take(message);
    if (!this.polling) return;
    this.after("poll", this.again ? 0 : Math.max(this.pause, jitter(POLL)), () => this.poll());
    // Where WebSockets have worked before, the server was away for a moment.
    if (first && !this.socket) this.after("retry", jitter(this.worked ? POLL : SOCKET), () => this.open());
  }

  endPolling() {
    this.clear("poll", "asked");
    this.polling = false;
    if (this.asking) this.asking.abort();
    this.asking = null;
  }

  send(message) {
    if (this.socket && this.socket.readyState === 1 && (this.spoke || !this.polling)) this.socket.send(JSON.stringify(message));
    else if (this.polling) {
      this.outbox.push(message);
      this.poll();
    } else return false;
    return true;
  }

  keep(slot, message) {
    this.kept[slot] = message;
    this.write();
    if (this.polling && !this.spoke) this.poll(); // which takes along all that is kept
    else this.send(message);
    this.await();
  }

  drop(slot) {
    delete this.kept[slot];
    this.write();
  }

  write() {
    if (this.options.store) this.options.store.write(this.kept);
  }

  wait(pause) {
    this.pause = pause;
  }

  nudge() {
    if (this.stopped) return;
    if (this.polling) this.poll();
    else if (!this.socket) this.open();
    else if (this.spoke && Date.now() - this.heard > ANSWER) this.probe();
  }

  close() {
    this.clear("patience", "ack", "silence", "probe", "retry");
    const { socket } = this;
    this.socket = null;
    this.spoke = false;
    if (socket) socket.close();
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
