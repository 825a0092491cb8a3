// The projector: the largest type that fits, and who moved where.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Element } from "./page.mjs";

const web = new URL("../../etiquette_kit/web/", import.meta.url);
const { viewsOf } = await import(new URL("projector/answer_views.js", web));
const { drawFlow } = await import(new URL("projector/flow.js", web));
const { fitType } = await import(new URL("projector/sizing.js", web));

// ---- sizing -----------------------------------------------------------------------------------------------------------------

function styled() {
  const values = new Map();
  return { values, setProperty: (name, value) => values.set(name, value), removeProperty: (name) => values.delete(name) };
}

// A stage whose text is as high as its type is large: so many lines of it, fewer where the gaps are small.
function screen({ width = 1920, height = 1080, lines = 20, tightLines = lines }) {
  const classes = new Set();
  const root = { clientWidth: width, clientHeight: height, style: styled() };
  root.classList = { add: (name) => classes.add(name), remove: (name) => classes.delete(name) };
  const stage = {
    style: styled(),
    clientHeight: height * 0.8,
    clientWidth: width,
    scrollWidth: width,
    get scrollHeight() {
      return Number.parseFloat(this.style.values.get("font-size")) * 1.4 * (classes.has("room-tight") ? tightLines : lines);
    },
  };
  const size = () => Number.parseFloat(stage.style.values.get("font-size"));
  return { root, stage, classes, size };
}

test("little text is as large as type gets, and no larger", () => {
  const { root, stage, classes, size } = screen({ lines: 5 });
  fitType(root, stage);
  assert.equal(size(), Number((1080 * 0.042).toFixed(1)));
  assert.deepEqual([...classes], ["room-fitted"]);
  assert.equal(root.style.values.get("--room-unit"), "10.8px");
});

test("of the sizes that there are, it is the largest that fits", () => {
  for (let lines = 15; lines < 26; lines += 1) {
    const { root, stage, size } = screen({ lines });
    fitType(root, stage);
    assert.ok(stage.scrollHeight <= stage.clientHeight, `${lines} lines overflow`);
    const step = (1080 * (0.042 - 0.022)) / 16;
    const next = Math.min(1080 * 0.042, size() + step);
    assert.ok(size() >= 45.3 || (next + 0.1) * 1.4 * lines > stage.clientHeight, `${lines} lines could be larger than ${size()}`);
  }
});

test("where not even the smallest fits, the gaps become smaller before anything is scrolled", () => {
  const { root, stage, classes, size } = screen({ lines: 40, tightLines: 22 });
  fitType(root, stage);
  assert.ok(classes.has("room-tight"));
  assert.ok(stage.scrollHeight <= stage.clientHeight);
  assert.ok(size() > 1080 * 0.022);
});

test("it is never smaller than the last row can read", () => {
  const { root, stage, size } = screen({ lines: 100 });
  fitType(root, stage);
  assert.equal(size(), Number((1080 * 0.022).toFixed(1)));
  const low = screen({ width: 1000, height: 450, lines: 100 });
  fitType(low.root, low.stage);
  assert.equal(low.size(), 15);
});

test("a narrow or a low page is one to scroll in, whatever it was before", () => {
  for (const size of [{ width: 899 }, { height: 399 }]) {
    const { root, stage, classes } = screen({ lines: 100 });
    fitType(root, stage);
    Object.assign(root, { clientWidth: size.width ?? 1920, clientHeight: size.height ?? 1080 });
    fitType(root, stage);
    assert.deepEqual([...classes], []);
    assert.deepEqual([root.style.values.size, stage.style.values.size], [0, 0]);
  }
});

// ---- flow -------------------------------------------------------------------------------------------------------------------

const QUESTION = { options: [{ id: "a" }, { id: "b" }, { id: "c" }] };
document.createElementNS = (_, tag) => new Element(tag);

function flow(moves, best = ["b"]) {
  const drawn = drawFlow({ moves, text: "Who moved." }, { question: QUESTION, letters: "ABC", revealed: { best } }, ["first", "second"], 560);
  const nodes = drawn.all("rect").map(({ attributes }) => ({ letter: attributes["data-letter"], left: Number(attributes.x) < 300, y: Number(attributes.y), height: Number(attributes.height) }));
  const bands = drawn.all("path").map(({ attributes }) => {
    return { move: attributes["data-move"], stayed: attributes.class.includes("stayed"), numbers: attributes.d.match(/[\d.]+/gu).map(Number) };
  });
  return { drawn, nodes, bands };
}

// A band's path: M x1 upper  C … x2 right  V right+size  C … x1 lower  Z
const leftOf = ({ numbers }) => [numbers[1], numbers.at(-1)];
const rightOf = ({ numbers }) => [numbers[7], numbers[8]];

const MOVES = [["a", "b", 6], ["a", "a", 2], ["b", "b", 3], ["c", "b", 1], ["b", "c", 2]];

test("a node is as high as many people were there, on each side", () => {
  const { nodes } = flow(MOVES);
  const heights = (left) => Object.fromEntries(nodes.filter((node) => node.left === left).map(({ letter, height }) => [letter, height]));
  const [first, second] = [heights(true), heights(false)];
  const unit = first.A / 8;
  for (const [height, people] of [[first.B, 5], [first.C, 1], [second.A, 2], [second.B, 10], [second.C, 2]]) assert.ok(Math.abs(height - people * unit) < 1e-9);
});

test("the nodes of a side stand below each other in the order of the reactions, clear of each other, within the picture", () => {
  const { nodes } = flow(MOVES);
  for (const left of [true, false]) {
    const side = nodes.filter((node) => node.left === left);
    assert.deepEqual(side.map(({ letter }) => letter), ["A", "B", "C"]);
    side.forEach(({ y, height }, index) => assert.ok(y >= 0 && y + height <= (side[index + 1]?.y ?? 560)));
  }
});

test("the bands fill each node exactly, without a gap and without lying on each other", () => {
  const { nodes, bands } = flow(MOVES);
  for (const { letter, left, y, height } of nodes) {
    const ends = bands.filter(({ move }) => move[left ? 0 : 1] === letter).map(left ? leftOf : rightOf).sort(([one], [other]) => one - other);
    let at = y;
    for (const [from, to] of ends) {
      assert.ok(Math.abs(from - at) < 1e-9, `${letter} ${left}`);
      at = to;
    }
    assert.ok(Math.abs(at - (y + height)) < 1e-9, `${letter} ${left}`);
  }
});

test("at the right the bands end in the order in which they come from the left", () => {
  const { bands } = flow(MOVES);
  const intoB = bands.filter(({ move }) => move[1] === "B").sort((one, other) => rightOf(one)[0] - rightOf(other)[0]);
  assert.deepEqual(intoB.map(({ move }) => move), ["AB", "BB", "CB"]);
});

test("who stayed lies behind who went", () => {
  const { bands } = flow(MOVES);
  const order = bands.map(({ stayed }) => stayed);
  assert.deepEqual(order, [true, true, false, false, false]);
  assert.ok(bands.every(({ move, stayed }) => stayed === (move[0] === move[1])));
});

test("a figure stands on a band only where there is room for it, and a star at what fits best", () => {
  const { drawn } = flow([["a", "b", 40], ["c", "b", 1]]);
  const texts = drawn.all("text");
  assert.deepEqual(texts.filter((node) => node.attributes.class === "room-flow-count").map((node) => node.textContent), ["40"]);
  const names = texts.filter((node) => node.attributes.class.startsWith("room-flow-text")).map((node) => node.textContent);
  assert.deepEqual(names, ["A 40", "0 A", "B\u00a0★ 0", "41 B\u00a0★", "C 1", "0 C"]);
});

test("the picture has its words as its alternative, each picture its own", () => {
  const ids = [flow(MOVES), flow(MOVES)].map(({ drawn }) => {
    const [caption] = drawn.all("figcaption");
    assert.equal(caption.textContent, "Who moved.");
    assert.equal(drawn.all("svg")[0].attributes["aria-labelledby"], caption.attributes.id);
    return caption.attributes.id;
  });
  assert.notEqual(ids[0], ids[1]);
});

// ---- views ------------------------------------------------------------------------------------------------------------------

const WORDS = { view_situation: "situation", view_overview: "all", view_flow: "moves", view_reaction: "reaction {letter}" };
const views = (revealed, wide) => viewsOf({ question: QUESTION, letters: "ABC", revealed }, WORDS, wide).map(([id]) => id);

test("where there is room the moves stand beside the overview, else they are a view of their own", () => {
  assert.deepEqual(views({ flow: {} }, true), ["situation", "overview", "a", "b", "c"]);
  assert.deepEqual(views({ flow: {} }, false), ["situation", "overview", "flow", "a", "b", "c"]);
  assert.deepEqual(views({ flow: {}, house: {} }, true), ["situation", "overview", "flow", "a", "b", "c"], "the employer's rules take the room");
  assert.deepEqual(views({ flow: null }, false), ["situation", "overview", "a", "b", "c"]);
});
