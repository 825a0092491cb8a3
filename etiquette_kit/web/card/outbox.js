// What is on its way to the kernel: one message at a time, sent again until it is acknowledged. The kernel takes each message once,
// so that one sent twice does no harm.
const PATIENCE = 2500; // ms until the page says that it is waiting
const AGAIN = 4000; // ms between two attempts
const GIVE_UP = 12000; // ms until the page says that nobody seems to be there

export class Outbox {
  constructor(model, card) {
    this.model = model;
    this.card = card;
    this.count = 0;
    this.pending = null;
    this.timers = [];
    this.cut = false;
  }

  get busy() {
    return this.pending !== null;
  }

  send(action) {
    this.count += 1;
    this.pending = { ...action, n: `${this.card.name}-${this.count}` };
    this.card.main.setAttribute("aria-busy", "true");
    this.timers = [
      setTimeout(() => this.cut || this.model.loading || this.card.say(this.card.words("waiting"), true), PATIENCE),
      setTimeout(() => this.model.loading || this.card.sayGone(), GIVE_UP),
      setInterval(() => this.attempt(), AGAIN),
    ];
    this.attempt();
  }

  attempt() {
    try {
      this.model.send(this.pending);
      this.cut = false;
    } catch (error) {
      // The connection is closed for good or for now; the next attempt tells.
      console.warn(error);
      this.cut = true;
      this.card.sayGone();
    }
  }

  settle(acknowledged) {
    if (!this.pending || this.pending.n !== acknowledged) return;
    this.close();
  }

  close() {
    for (const timer of this.timers) clearTimeout(timer); // clears intervals as well
    this.timers = [];
    this.pending = null;
    this.card.main.removeAttribute("aria-busy");
  }
}
