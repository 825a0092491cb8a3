// The advisor: the facts as radio groups, below them every action with its grade, reason and passages.
import { el, heading } from "../shared/dom.js";
import { drawFit, drawSource, drawTag } from "../shared/grade.js";
import { show } from "./card.js";

function drawFact(card, { fact, question, value, values }) {
  const name = `ek-${card.name}-${fact}`;
  const choices = values.map(({ code, text }) => {
    const radio = el("input", { type: "radio", name, value: code, checked: code === value });
    radio.addEventListener("change", () => card.ask({ do: "choose", fact, value: code }));
    return el("label", { class: "ek-option" }, radio, el("span", {}, text));
  });
  return el("fieldset", { class: "ek-options ek-fact", "data-fact": fact }, el("legend", {}, question), choices);
}

function drawAction(card, action, passages) {
  const graded = action.grade !== null;
  return el(
    "li",
    { class: "ek-result", "data-grade": action.grade },
    el("p", { class: "ek-verdict" }, graded ? drawFit(action.grade) : null, el("strong", {}, action.name), el("span", {}, action.verdict), drawTag(action)),
    el("p", {}, action.reason),
    graded ? drawSource(action, passages) : null,
  );
}

function advisorPage(card, page) {
  const held = card.main.contains(document.activeElement) ? document.activeElement.name : null;
  const title = heading(2, page.title);
  const nodes = [
    title,
    el("div", { class: "ek-form" }, page.facts.map((fact) => drawFact(card, fact))),
    heading(3, page.answer),
    el("ul", { class: "ek-results" }, page.actions.map((action) => drawAction(card, action, page.passages))),
  ];
  if (held) queueMicrotask(() => card.main.querySelector(`input[name="${held}"]:checked`)?.focus({ preventScroll: true }));
  return { nodes, focus: title };
}

export default { render: ({ model, el }) => show(model, el, { advisor: advisorPage }) };
