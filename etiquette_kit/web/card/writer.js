// The author's page: the list of situations, the form, and the quiz in which one is played. The kernel finds, checks and saves; this draws.
import { button } from "../shared/controls.js";
import { show } from "./card.js";
import { formats } from "./formats.js"; // all of formats/, listed when the module is joined
import { quizPages } from "./quiz_pages.js";
import { arrive } from "./writer/arrival.js";
import { formPage } from "./writer/form.js";
import { listPage } from "./writer/list.js";

const WRITING = ["list", "form"];

function drawWayBack(card) {
  if (WRITING.includes(card.page.kind)) return [];
  return [button(card.words("play_end"), () => card.ask({ do: "play", on: false }), { class: "ek-button ek-primary", "data-control": "play-end" })];
}

function render({ model, el: host }) {
  host.classList.add("ek-writing");
  return show(model, host, { ...quizPages, list: listPage, form: (card, page) => formPage(card, page, formats) }, { foot: drawWayBack, greet: arrive });
}

export default { render };
