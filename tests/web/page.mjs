// As much of a page as the card's scripts need to draw: elements that keep what they are given.

export class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], style: { setProperty() {} }, dataset: {}, listeners: {} });
    this.classList = { toggle: () => {}, add: () => {} };
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }

  append(...children) {
    this.children.push(...children);
  }

  contains(node) {
    return this.children.some((child) => child === node || (child instanceof Element && child.contains(node)));
  }

  remove() {}

  replaceChildren(...children) {
    this.children = children;
  }

  get firstChild() {
    return this.children[0];
  }

  set textContent(text) {
    this.children = [text];
  }

  get textContent() {
    return this.children.map((child) => (child instanceof Element ? child.textContent : String(child))).join("");
  }

  all(tag) {
    const below = this.children.filter((child) => child instanceof Element);
    return below.flatMap((child) => [...(child.tag === tag ? [child] : []), ...child.all(tag)]);
  }
}

globalThis.document = { createElement: (tag) => new Element(tag), activeElement: null };

// A card as the pages see it: a model with values, and a record of what was asked and said.
export function cardOf(values, words = {}) {
  const card = { asked: [], warned: null, picked: new Map(), name: "x", outbox: { busy: false } };
  card.model = { get: (name) => values[name] };
  card.words = (key) => words[key] ?? key;
  card.ask = (action) => card.asked.push(action);
  card.warn = (text) => (card.warned = text);
  card.page = values.scene;
  return card;
}

export function bodyOf(nodes) {
  const body = new Element("body");
  body.append(...nodes.filter((node) => node !== null && node !== undefined));
  return body;
}
