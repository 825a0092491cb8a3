// The quiz on a site, which has no server: answers are taken along in a file, and participation is confirmed by a paper.
import { drawAlong } from "./answer_file.js";
import { confirmationPage } from "./confirmation.js";
import { button } from "./dom.js";
import { endPage } from "./end.js";
import { minePage } from "./mine.js";
import { renderQuiz } from "./quiz_pages.js";

const further = {
  confirmation: confirmationPage,
  end: (card, page) => endPage(card, page, page.confirmation && button(page.confirmation, () => card.ask({ do: "confirmation" }))),
  mine: (card, page) => minePage(card, page, drawAlong),
};

export default { render: ({ model, el }) => renderQuiz(model, el, further) };
