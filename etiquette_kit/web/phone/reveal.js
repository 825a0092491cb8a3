// The answer: one's own choices, then the other reactions, with grade, votes and reason.
import { el, heading } from "../shared/dom.js";
import { drawSource } from "../shared/grade.js";
import { drawHouse } from "../shared/house.js";
import { drawVerdict, drawVotes } from "../shared/verdict.js";

export function drawReveal({ page, words }, [first, second]) {
  const { question, revealed } = page;
  const runin = (name, text) => el("p", {}, el("span.muted", {}, name), text);
  const card = (id) => {
    const index = question.options.findIndex((option) => option.id === id);
    const option = revealed.options[id];
    const own = id === second ? (id === first ? words.own_both : words.own_second) : id === first ? words.own_first : null;
    return el(
      own ? "li.result.own" : "li.result",
      { "data-grade": option.grade },
      own && el("span.chip", {}, own),
      drawVerdict(revealed, id, page.letters[index]),
      el("p", {}, question.options[index].label),
      drawVotes(revealed.votes[id]),
      runin(words.other_side, option.feedback),
      runin(words.why, option.reason),
      option.passages.length > 0 && drawSource(option, revealed.passages),
    );
  };
  const mine = [...new Set([second, first])].filter(Boolean);
  const others = question.options.map(({ id }) => id).filter((id) => !mine.includes(id));
  const list = (name, ids) => [el("h3", {}, name), el("ul", {}, ids.map(card))];
  return el(
    "section.answer",
    {},
    heading(2, words.reveal),
    el("p", {}, revealed.summary),
    revealed.flow && el("p", {}, revealed.flow.text),
    revealed.note && el("p.muted", {}, revealed.note),
    drawHouse(revealed.house),
    mine.length ? list(words.own, mine) : el("p.muted", {}, words.no_vote),
    list(mine.length ? words.others : words.all, others),
  );
}
