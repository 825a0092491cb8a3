// Draws the first page of cards as HTML, with the scripts that draw them in a browser, on as much of a document as these need. Called by
// node with the folder of the scripts; takes a list of cards as JSON and writes a list of texts.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const VOID = new Set(["br", "hr", "img", "input"]);
const NOT_YET = new Set(["aria-busy"]); // what only a page with a script may say
const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: new Map(), children: [], style: {}, dataset: {} });
    const names = () => new Set((this.attributes.get("class") ?? "").split(" ").filter(Boolean));
    const write = (set) => (set.size ? this.attributes.set("class", [...set].join(" ")) : this.attributes.delete("class"));
    this.classList = {
      add: (name) => write(names().add(name)),
      toggle: (name, on) => write(on ? names().add(name) : new Set([...names()].filter((other) => other !== name))),
    };
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  set lang(code) {
    this.setAttribute("lang", code);
  }

  get lang() {
    return this.attributes.get("lang") ?? "";
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  set textContent(text) {
    this.children = text ? [text] : [];
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }

  contains() {
    return false;
  }

  querySelector() {
    return null;
  }

  querySelectorAll() {
    return [];
  }

  addEventListener() {}

  get html() {
    const said = [...this.attributes].filter(([name]) => !NOT_YET.has(name)).map(([name, value]) => ` ${name}="${escaped(value)}"`);
    const start = `<${this.tag}${said.join("")}>`;
    if (VOID.has(this.tag)) return start;
    return `${start}${this.children.map((child) => child.html ?? escaped(child)).join("")}</${this.tag}>`;
  }
}

const quiet = { addEventListener() {}, removeEventListener() {}, dispatchEvent() {} };
const nothingKept = { getItem: () => null, setItem() {} };
Object.assign(globalThis, {
  document: { ...quiet, createElement: (tag) => new Element(tag), body: new Element("body"), activeElement: null },
  window: quiet,
  localStorage: nothingKept,
  matchMedia: () => ({ ...quiet, matches: false }),
  MutationObserver: class {
    observe() {}
  },
});

const folder = pathToFileURL(`${process.argv[2]}/`);
const drawn = [];
for (const [place, { script, parts }] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  Math.random = () => (place + 1) / 36 ** 4; // the same names in each build
  const { default: card } = await import(new URL(script, folder));
  const host = new Element("div");
  card.render({ model: { get: (name) => parts[name], on() {}, off() {}, send() {} }, el: host });
  drawn.push(host.html);
}
process.stdout.write(JSON.stringify(drawn), () => process.exit()); // timers of the cards would keep it
