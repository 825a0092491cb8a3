// The pages of a quiz, drawn by the card; a site has further ones.
import { show } from "./card.js";
import { endPage } from "./end.js";
import { formats } from "./formats.js"; // all of formats/, listed when the module is joined
import { handOut } from "./files.js";
import { myDataPage } from "./my_data.js";
import { questionPage } from "./question.js";
import { drawSaved, greet } from "./save_status.js";
import { startPage } from "./start.js";

export const quizPages = {
  start: startPage,
  question: (card, page) => questionPage(card, page, formats),
  end: endPage,
  mine: myDataPage,
};

export function renderQuiz(model, host, further) {
  const leave = handOut(model);
  const close = show(model, host, { ...quizPages, ...further }, { foot: drawSaved, greet });
  return () => {
    leave();
    close();
  };
}
