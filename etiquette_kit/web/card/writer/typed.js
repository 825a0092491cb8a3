// What is typed and not yet taken by the kernel. One message is on its way at a time; what is typed meanwhile follows as it stands then.
const every = new WeakMap(); // by card

export function typedIn(card) {
  if (!every.has(card)) every.set(card, new Typed(card));
  return every.get(card);
}

class Typed {
  constructor(card) {
    this.card = card;
    this.waiting = new Map(); // by field: the text as it stands
    this.sent = new Map(); // by field: the text as it was sent last
    this.kept = () => {}; // told what waits, for a tab that is loaded anew
    this.taken = () => {}; // told when the kernel has taken something, which may have changed nothing on the page
  }

  type(field, value) {
    this.waiting.set(field, value);
    this.sent.delete(field);
    this.kept(Object.fromEntries(this.waiting));
    this.send();
  }

  has(field) {
    return this.waiting.has(field);
  }

  send() {
    if (this.card.outbox.busy || this.card.queue.length) return;
    const next = [...this.waiting].find(([field]) => !this.sent.has(field));
    if (next) this.hand(next);
  }

  hand([field, value]) {
    this.sent.set(field, value);
    this.card.ask({ do: "edit", key: this.card.model.get("scene").key, field, value }, { own: false });
  }

  // Everything that was typed goes first.
  ask(action, options) {
    for (const each of this.waiting) {
      if (!this.sent.has(each[0])) this.hand(each);
    }
    this.card.ask(action, options);
  }

  // The kernel has answered: what it has taken waits no longer.
  settle() {
    if (this.card.outbox.busy || this.card.queue.length) return;
    const before = this.waiting.size;
    for (const field of this.sent.keys()) this.waiting.delete(field);
    this.sent.clear();
    if (this.waiting.size !== before) {
      this.kept(Object.fromEntries(this.waiting));
      this.taken();
    }
    queueMicrotask(() => this.send());
  }
}
