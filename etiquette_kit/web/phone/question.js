// A situation and its reactions. Both votes change them in place, so that nothing jumps and the focus stays.
import { el, heading } from "../shared/dom.js";
import { drawIdentity, drawLetter, drawStem } from "../shared/situation.js";

export function drawSituation(question) {
  return el(
    "section.situation",
    {},
    el("div.ek-person", {}, drawIdentity(question)),
    heading(1, question.title),
    el("p.muted", {}, question.occasion),
    drawStem(question),
  );
}

export function drawReactions({ page, words }, choose) {
  let open = false;
  let chosen = null;
  const rows = page.question.options.map(({ id: option, label }, index) => {
    const id = `option-${index}`;
    const chip = el("span.chip", { id: `${id}-first` }, words.first);
    const radio = el("input", { type: "radio", name: "reaction", id, value: option });
    const text = el("label", { for: id }, drawLetter(page.letters[index]), el("span", {}, label));
    return { option, radio, chip, node: el("div.option", {}, radio, text, chip) };
  });
  const mark = () => rows.forEach(({ option, radio }) => (radio.checked = option === chosen));
  const node = el("fieldset", {}, el("legend", {}, words.how), rows.map((row) => row.node));
  // A disabled radio would lose the focus; a closed one keeps it and does nothing.
  node.addEventListener("click", (event) => open || event.target.type !== "radio" || event.preventDefault());
  node.addEventListener("change", ({ target }) => (open ? choose(target.value) : mark()));
  const update = (state) => {
    ({ open, chosen } = state);
    node.dataset.open = open;
    for (const { option, radio, chip } of rows) {
      const before = option === state.before;
      radio.setAttribute("aria-disabled", String(!open));
      radio.setAttribute("aria-describedby", before ? chip.id : "");
      chip.hidden = !before;
    }
    mark();
  };
  return { node, update };
}
