// The quiz on a site, which has no server: answers are taken along in a file, and participation is confirmed by a paper.
import { button } from "../shared/controls.js";
import { drawAlong } from "./answer_file.js";
import { confirmationPage } from "./confirmation.js";
import { endPage } from "./end.js";
import { myDataPage } from "./my_data.js";
import { renderQuiz } from "./quiz_pages.js";

const further = {
  confirmation: confirmationPage,
  end: (card, page) => endPage(card, page, page.confirmation && button(page.confirmation, () => card.ask({ do: "confirmation" }))),
  mine: (card, page) => myDataPage(card, page, drawAlong),
};

export default { render: ({ model, el }) => renderQuiz(model, el, further) };
