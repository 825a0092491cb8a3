// The quiz: its pages, drawn by the card.
import { show } from "./core.js";
import { endPage } from "./end.js";
import { formats } from "./formats.js"; // all of formats/, listed when the module is joined
import { questionPage } from "./question.js";
import { startPage } from "./start.js";

const pages = {
  start: startPage,
  question: (card, page) => questionPage(card, page, formats),
  end: endPage,
};

export default { render: ({ model, el }) => show(model, el, pages) };
