// The reactions to a situation, by letter.
import { el } from "../shared/dom.js";
import { drawLetter } from "../shared/situation.js";

export function drawReactions(question, letters) {
  const items = question.options.map(({ label }, index) => el("li", { class: "room-reaction" }, drawLetter(letters[index]), el("span", {}, label)));
  return el("ul", { class: "room-reactions" }, items);
}
