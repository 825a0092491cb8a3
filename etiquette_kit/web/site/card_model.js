// What a card's scripts see of Python: the parts of its page, and a way to say what was done. The parts are there from the start, as they
// were when the page was built; what is done before Python runs is carried out afterwards.
export class CardModel {
  constructor(name, opening, parts, post) {
    this.name = name;
    this.opening = opening;
    this.parts = parts;
    this.post = post;
    this.listeners = new Map();
    this.loading = true;
    this.waiting = [];
  }

  // A style that is printed with a part of the page is what the page has loaded.
  get(part) {
    return part === "_css" ? [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText).join("\n") : this.parts[part];
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    this.listeners.set(event, (this.listeners.get(event) ?? []).filter((other) => other !== listener));
  }

  emit(event, ...details) {
    for (const listener of this.listeners.get(event) ?? []) listener(...details);
  }

  // A message that is sent again while Python is not there yet is one.
  send(message) {
    if (!this.loading) this.pass(message);
    else if (!this.waiting.some(({ n }) => n === message.n)) this.waiting.push(message);
  }

  pass(message) {
    this.post(JSON.stringify({ do: "take", card: this.name, message }));
  }

  // Begin otherwise, in another language; only while Python is not there yet.
  begin({ parameters, parts }) {
    this.opening = { ...this.opening, parameters };
    this.take({ parts });
  }

  // Python is there: the card is made, and what was done meanwhile follows.
  run() {
    this.loading = false;
    this.post(JSON.stringify({ do: "open", card: this.name, ...this.opening }));
    for (const message of this.waiting.splice(0)) this.pass(message);
  }

  take({ parts, file }) {
    if (file) this.emit("msg:custom", file);
    if (!parts) return;
    Object.assign(this.parts, parts);
    this.emit("change:rev");
  }
}
