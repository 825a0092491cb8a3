// Who moved where: at the left the first vote, at the right the second, between them a band for each way that somebody took.
import { el } from "../shared/dom.js";

const WIDTH = 600;
const INSET = 116; // from the edge to a node: the room for its letter and its figure
const NODE = 14; // how wide a node is
const SLOT = 44; // the least height of a node's place, so that letters stand clear of each other
const TYPE = 28; // the size of the figures
let drawings = 0;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children.flat(2));
  return node;
}

// Where each node stands: a place for every reaction, as high as many people were there.
function stack(ids, counts, height) {
  const total = ids.reduce((sum, id) => sum + counts.get(id), 0);
  const unit = (height - SLOT * ids.length) / total;
  let top = 0;
  const nodes = new Map();
  for (const id of ids) {
    const size = counts.get(id) * unit;
    nodes.set(id, { count: counts.get(id), start: top + SLOT / 2, size, used: 0 });
    top += SLOT + size;
  }
  return { nodes, unit };
}

function countAt(ids, moves, end) {
  const counts = new Map(ids.map((id) => [id, 0]));
  for (const move of moves) counts.set(move[end], counts.get(move[end]) + move[2]);
  return counts;
}

function band(left, right, size) {
  const [x1, x2] = [INSET + NODE, WIDTH - INSET - NODE];
  const middle = (x1 + x2) / 2;
  const [upper, lower] = [left, left + size];
  return `M${x1} ${upper} C${middle} ${upper} ${middle} ${right} ${x2} ${right} V${right + size} C${middle} ${right + size} ${middle} ${lower} ${x1} ${lower} Z`;
}

function drawNode({ count, start, size }, letter, star, atLeft) {
  const centre = start + size / 2;
  const x = atLeft ? INSET : WIDTH - INSET - NODE;
  const name = svg("tspan", { class: "room-flow-letter" }, letter, star);
  const figure = svg("tspan", {}, String(count));
  const parts = atLeft ? [name, " ", figure] : [figure, " ", name];
  const text = { class: count ? "room-flow-text" : "room-flow-text room-flow-none", "font-size": TYPE, y: centre, dy: "0.35em" };
  return [
    svg("rect", { class: "room-flow-node", "data-letter": letter, x, y: start, width: NODE, height: Math.max(size, 2) }),
    atLeft
      ? svg("text", { ...text, x: INSET - 14, "text-anchor": "end" }, parts)
      : svg("text", { ...text, x: WIDTH - INSET + 14, "text-anchor": "start" }, parts),
  ];
}

function drawBands(ids, moves, left, right, unit, letterOf) {
  const place = (id) => ids.indexOf(id);
  const ordered = [...moves].sort(([a, b], [c, d]) => place(a) - place(c) || place(b) - place(d));
  const taken = new Map();
  for (const [from, to, count] of ordered) {
    const node = left.get(from);
    taken.set(`${from} ${to}`, { from: node.start + node.used, size: count * unit });
    node.used += count * unit;
  }
  // At the right they end in the order in which they come from the left, so that they cross as little as can be.
  for (const [from, to, count] of [...ordered].sort(([a, b], [c, d]) => place(b) - place(d) || place(a) - place(c))) {
    const node = right.get(to);
    taken.get(`${from} ${to}`).to = node.start + node.used;
    node.used += count * unit;
  }
  const drawn = [];
  // Who stayed lies behind who went.
  for (const [from, to, count] of [...ordered].sort(([a, b], [c, d]) => (a === b ? 0 : 1) - (c === d ? 0 : 1))) {
    const { from: start, to: end, size } = taken.get(`${from} ${to}`);
    const kind = from === to ? "room-flow-band room-flow-stayed" : "room-flow-band";
    drawn.push(svg("path", { class: kind, "data-letter": letterOf(from), "data-move": `${letterOf(from)}${letterOf(to)}`, d: band(start, end, size) }));
    if (from !== to && size > TYPE * 0.72) {
      drawn.push(svg("text", { class: "room-flow-count", x: INSET + NODE + 16, y: start + size / 2, dy: "0.35em", "font-size": TYPE * 0.8 }, String(count)));
    }
  }
  return drawn;
}

// The figure's words are its text alternative.
export function drawFlow(flow, { question, letters, revealed }, names, height = 560) {
  const ids = question.options.map(({ id }) => id);
  const letterOf = (id) => letters[ids.indexOf(id)];
  const starOf = (id) => (revealed.best.includes(id) ? "\u00a0★" : "");
  const { nodes: left, unit } = stack(ids, countAt(ids, flow.moves, 0), height);
  const { nodes: right } = stack(ids, countAt(ids, flow.moves, 1), height);
  drawings += 1;
  const caption = `room-flow-${drawings}`;
  const head = TYPE * 1.6;
  const picture = svg(
    "svg",
    { class: "room-flow-picture", role: "img", "aria-labelledby": caption, viewBox: `0 ${-head} ${WIDTH} ${height + head}` },
    svg("text", { class: "room-flow-head", x: 0, y: -head / 2, dy: "0.2em", "font-size": TYPE * 0.85 }, names[0]),
    svg("text", { class: "room-flow-head", x: WIDTH, y: -head / 2, dy: "0.2em", "font-size": TYPE * 0.85, "text-anchor": "end" }, names[1]),
    drawBands(ids, flow.moves, left, right, unit, letterOf),
    ids.flatMap((id) => [...drawNode(left.get(id), letterOf(id), starOf(id), true), ...drawNode(right.get(id), letterOf(id), starOf(id), false)]),
  );
  return el("figure", { class: "room-flow" }, picture, el("figcaption", { id: caption }, flow.text));
}
