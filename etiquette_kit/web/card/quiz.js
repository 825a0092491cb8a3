// The quiz: its pages, drawn by the card.
import { show } from "./card.js";
import { endPage } from "./end.js";
import { formats } from "./formats.js"; // all of formats/, listed when the module is joined
import { handOut, myDataPage } from "./my_data.js";
import { questionPage } from "./question.js";
import { drawSaved, greet } from "./save_status.js";
import { startPage } from "./start.js";

const pages = {
  start: startPage,
  question: (card, page) => questionPage(card, page, formats),
  end: endPage,
  mine: myDataPage,
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
