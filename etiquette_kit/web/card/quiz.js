// The quiz: its pages, drawn by the card.
import { show } from "./core.js";
import { endPage } from "./end.js";
import { drawSaved, greet } from "./keeping.js";
import { handOut, minePage } from "./mine.js";
import { formats } from "./formats.js"; // all of formats/, listed when the module is joined
import { questionPage } from "./question.js";
import { startPage } from "./start.js";

const pages = {
  start: startPage,
  question: (card, page) => questionPage(card, page, formats),
  end: endPage,
  mine: minePage,
};

function render({ model, el }) {
  const leave = handOut(model);
  const close = show(model, el, pages, { foot: drawSaved, greet });
  return () => {
    leave();
    close();
  };
}

export default { render };
