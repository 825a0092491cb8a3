// What is said as long as phones do not reach the room: what it means to change that, and the button that does.
import { button } from "../shared/controls.js";
import { el } from "../shared/dom.js";

export function drawReach({ title, text, means, button: name }, open) {
  return el(
    "div",
    { class: "control-note control-reach" },
    el("p", {}, el("strong", {}, title)),
    el("p", {}, text),
    means.length ? el("ul", { class: "control-list" }, means.map((line) => el("li", {}, line))) : null,
    button(name, open, { "data-control": "open_network" }),
  );
}
