// The answer: one's own choices first, then the other reactions, each with its grade, the votes, and why.
import { el } from "./dom.js";
import { drawLetter } from "./question.js";

// Four strokes, as many of them filled as the reaction fits the article.
function drawFit(grade) {
  return el("span", { class: "fit", "aria-hidden": "true" }, [1, 2, 3, 4].map((step) => el("span", { class: step <= grade ? "on" : null })));
}

function drawVotes(votes) {
  const drawn = votes.map(([which, name, share, text]) => {
    const level = el("span", { class: `level ${which}` });
    if (share !== null) level.style.width = `${100 * share}%`;
    return el("p", {}, el("span", {}, name), el("span", {}, text), share === null ? null : el("span", { class: "meter", "aria-hidden": "true" }, level));
  });
  return el("div", { class: "votes" }, drawn);
}

function drawPassages(words, { basis, passages: ids }, passages) {
  const entries = ids.map((id) => {
    const [text, place, strength] = passages[id];
    return [el("dt", {}, [id, words[`place.${place}`], strength].filter(Boolean).join(" · ")), el("dd", {}, text)];
  });
  return el("details", {}, el("summary", {}, `${words[`basis_short.${basis}`] || words.passages} (${ids.join(", ")})`), el("dl", {}, entries));
}

function runin(name, text) {
  return text ? el("p", {}, el("span", { class: "muted" }, name), text) : null;
}

function ownChip(words, id, [first, second]) {
  if (id === first && id === second) return words.own_both;
  if (id === second) return words.own_second;
  return id === first ? words.own_first : null;
}

export function drawReveal({ page, words }, mine) {
  const { question, revealed } = page;
  const card = (id) => {
    const index = question.options.findIndex(([option]) => option === id);
    const option = revealed.options[id];
    const own = ownChip(words, id, mine);
    const best = revealed.best.includes(id);
    return el(
      "li",
      { class: own ? "result own" : "result", "data-grade": option.grade },
      own ? el("p", { class: "chip" }, own) : null,
      el("p", { class: "verdict" }, drawLetter(page.letters[index]), drawFit(option.grade), el("strong", {}, best ? `${option.verdict} ★` : option.verdict)),
      el("p", {}, question.options[index][1]),
      drawVotes(revealed.votes[id]),
      runin(words.other_side, option.feedback),
      runin(words.why, option.reason),
      option.passages.length ? drawPassages(words, option, revealed.passages) : null,
    );
  };
  const own = [...new Set([mine[1], mine[0]])].filter(Boolean);
  const others = question.options.map(([id]) => id).filter((id) => !own.includes(id));
  const list = (name, ids) => [el("h3", {}, name), el("ul", { class: "results" }, ids.map(card))];
  return el(
    "section",
    { class: "answer" },
    el("h2", { tabindex: -1 }, words.reveal),
    el("p", {}, revealed.summary),
    revealed.flow ? el("p", {}, revealed.flow.text) : null,
    revealed.few ? el("p", { class: "muted" }, revealed.few) : null,
    own.length ? list(words.own, own) : el("p", { class: "muted" }, words.no_vote),
    list(own.length ? words.others : words.all, others),
  );
}
