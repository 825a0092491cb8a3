// The chooser: the situations to read and to tick, and beside them what is chosen. The kernel filters and counts; this draws.
import { button } from "../shared/controls.js";
import { el, heading } from "../shared/dom.js";
import { show } from "./card.js";
import { Chosen } from "./chooser/chosen.js";
import { Finding } from "./chooser/finding.js";
import { keepChoice } from "./chooser/kept.js";
import { handOut } from "./files.js";

const views = new WeakMap(); // by card: its parts, which stay while only their contents change

function drawView(card, page, scene) {
  const title = heading(2, page.title);
  const chosen = new Chosen(card);
  const finding = new Finding(card, page, () => card.focus(chosen.title));
  const fold = page.folds ? button(card.words("fold"), () => card.ask({ do: "unfold", open: false })) : null;
  const head = el("div", { class: "ek-chooser-head" }, title, fold);
  const both = el("div", { class: "ek-chooser" }, finding.root, chosen.root);
  return { scene, nodes: [head, both], focus: title, parts: [finding, chosen] };
}

function chooserPage(card, page) {
  const scene = card.model.get("scene");
  if (views.get(card)?.scene !== scene) views.set(card, drawView(card, page, scene));
  const view = views.get(card);
  for (const part of view.parts) part.update(page);
  return view;
}

function foldedPage(card, page) {
  views.delete(card);
  const unfold = button(page.change, () => card.ask({ do: "unfold", open: true }));
  return { nodes: [el("div", { class: "ek-actions ek-folded" }, el("p", {}, page.line), unfold)], focus: unfold };
}

function render({ model, el: host }) {
  host.classList.add("ek-choosing");
  const leave = handOut(model);
  const close = show(model, host, { chooser: chooserPage, folded: foldedPage }, { greet: keepChoice });
  return () => {
    close();
    leave();
  };
}

export default { render };
