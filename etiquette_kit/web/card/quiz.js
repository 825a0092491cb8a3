// The quiz in a notebook.
import { renderQuiz } from "./quiz_pages.js";

export default { render: ({ model, el }) => renderQuiz(model, el) };
