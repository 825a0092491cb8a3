// A situation: who asks what, and the reactions. From the first vote to the end of the second it is drawn once and then only
// changed in place, so that nothing jumps and the focus stays where it is.
import { el, put } from "./dom.js";

function initials(name) {
  const parts = name.split(/\s+/);
  return [parts[0], parts[parts.length - 1]].map((part) => [...part][0]).join("");
}

export function drawLetter(letter) {
  return el("span", { class: "letter" }, letter);
}

export function drawSituation({ person, role, occasion, title, stem }) {
  return el(
    "section",
    { class: "situation" },
    el(
      "div",
      { class: "person" },
      el("span", { class: "avatar", "aria-hidden": "true" }, initials(person)),
      el("div", {}, el("p", { class: "name" }, person), el("p", { class: "muted" }, role)),
    ),
    el("h1", { tabindex: -1 }, title),
    el("p", { class: "muted" }, occasion),
    stem.map(([text, quote]) => (quote ? el("blockquote", {}, el("p", {}, text)) : el("p", {}, text))),
  );
}

// Returns the reactions and the function that shows how things stand with them.
export function drawReactions({ page, words }, choose) {
  const rows = page.question.options.map(([option, label], index) => {
    const id = `option-${index}`;
    const chip = el("span", { class: "chip", id: `${id}-first`, hidden: true }, words.first);
    const radio = el("input", { type: "radio", name: "reaction", id, value: option });
    return { option, radio, chip, node: el("div", { class: "option" }, radio, el("label", { for: id }, drawLetter(page.letters[index]), el("span", {}, label)), chip) };
  });
  const legend = el("legend", {});
  const group = el("fieldset", {}, legend, rows.map(({ node }) => node));
  let open = false;
  let chosen = null;
  // A disabled radio would lose the focus; one that is closed keeps it and does nothing.
  const guard = (event) => {
    if (!open && event.target.type === "radio") event.preventDefault();
  };
  group.addEventListener("click", guard);
  group.addEventListener("change", ({ target }) => (open ? choose(target.value) : mark()));
  const mark = () => rows.forEach(({ option, radio }) => (radio.checked = option === chosen));
  const update = (state) => {
    ({ open, chosen } = state);
    put(legend, state.legend);
    group.dataset.open = open;
    for (const { option, radio, chip } of rows) {
      if (open) radio.removeAttribute("aria-disabled");
      else radio.setAttribute("aria-disabled", "true");
      chip.hidden = option !== state.before;
      if (chip.hidden) radio.removeAttribute("aria-describedby");
      else radio.setAttribute("aria-describedby", chip.id);
    }
    mark();
  };
  return { node: group, update };
}
