// The answer: one's own choices, then the other reactions, with grade, votes and reason.
import { el } from "./dom.js";
import { drawLetter } from "./question.js";

// Four strokes, as many strong as the reaction fits.
function drawFit(grade) {
  return el("span.fit", { "aria-hidden": "true" }, "▂▄▆█".slice(0, grade), el("span", {}, "▂▄▆█".slice(grade)));
}

function drawVote([which, name, share, text]) {
  const level = el("span", { class: which });
  level.style.width = `${100 * share}%`;
  return el("p.votes", {}, el("span", {}, name), el("span", {}, text), share !== null && el("span.meter", { "aria-hidden": "true" }, level));
}

function drawPassages(words, { source, passages: ids }, passages) {
  const entries = ids.map((id) => {
    const { text, source } = passages[id];
    return [el("dt", {}, source), el("dd", {}, text)];
  });
  return el("details", {}, el("summary", {}, source), el("dl", {}, entries));
}

export function drawReveal({ page, words }, [first, second]) {
  const { question, revealed } = page;
  const { house } = revealed;
  const runin = (name, text) => el("p", {}, el("span.muted", {}, name), text);
  const card = (id) => {
    const index = question.options.findIndex((option) => option.id === id);
    const option = revealed.options[id];
    const own = id === second ? (id === first ? words.own_both : words.own_second) : id === first ? words.own_first : null;
    const verdict = revealed.best.includes(id) ? `${option.verdict} ★` : option.verdict;
    const node = el(
      "li",
      { class: own ? "result own" : "result" },
      own && el("span.chip", {}, own),
      el("p.row", {}, drawLetter(page.letters[index]), drawFit(option.grade), el("strong", {}, verdict), el("span.muted", {}, option.tag)),
      el("p", {}, question.options[index].label),
      revealed.votes[id].map(drawVote),
      runin(words.other_side, option.feedback),
      runin(words.why, option.reason),
      option.passages.length && drawPassages(words, option, revealed.passages),
    );
    node.style.setProperty("--fit", `var(--fit-${option.grade})`);
    return node;
  };
  const mine = [...new Set([second, first])].filter(Boolean);
  const others = question.options.map(({ id }) => id).filter((id) => !mine.includes(id));
  const list = (name, ids) => [el("h3", {}, name), el("ul", {}, ids.map(card))];
  return el(
    "section.answer",
    {},
    el("h2", { tabindex: -1 }, words.reveal),
    el("p", {}, revealed.summary),
    revealed.flow && el("p", {}, revealed.flow.text),
    revealed.note && el("p.muted", {}, revealed.note),
    house && el("p.banner.house", { role: "note" }, el("strong", {}, house.title), house.texts.map(({ text, lang }) => [el("br"), el("span", { lang }, text)])),
    mine.length ? list(words.own, mine) : el("p.muted", {}, words.no_vote),
    list(mine.length ? words.others : words.all, others),
  );
}
