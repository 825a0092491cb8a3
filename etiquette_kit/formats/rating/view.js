// Rate every reaction: a group of four words for each. Afterwards both ratings stand on one scale, the largest difference first and open.
// The message looks as in a choice (../choice/view.css).
import { drawAgreement, drawKeptTitle } from "../../web/shared/answer_parts.js";
import { el, heading } from "../../web/shared/dom.js";
import { drawSource, drawTag } from "../../web/shared/grade.js";

// A response is sent as an object, {a: 4, b: 1}; the kernel returns it as text, "a4 b1".
export function ratingsOf(response) {
  return Object.fromEntries(response.split(" ").map((part) => [part.slice(0, -1), Number(part.slice(-1))]));
}

function drawMeanings({ meanings, scale }) {
  const entries = [...scale].reverse().map(({ word, meaning }) => el("div", {}, el("dt", {}, word), el("dd", {}, meaning)));
  return el("details.ek-source", {}, el("summary", {}, meanings), el("dl.ek-meanings", {}, entries));
}

function drawReaction({ scale }, { label, name, rating, rate }) {
  const unrated = el("p.ek-unrated", { id: `${name}-unrated` });
  const radios = scale.map(({ value }) => {
    const radio = el("input", { type: "radio", name, value, checked: value === rating });
    radio.addEventListener("change", () => rate(value));
    return radio;
  });
  const words = scale.map(({ word }, place) => el("label.ek-word", {}, radios[place], el("span", {}, word)));
  const group = el("fieldset.ek-rate", { "aria-describedby": `${name}-unrated` }, el("legend", {}, label), unrated, el("div.ek-words", {}, words));
  return { group, radios, unrated };
}

function drawRatingForm(card, page) {
  const { question } = page;
  const { id, options, missing, unrated } = question;
  const ratings = () => card.picked.get(id) ?? {};
  const open = () => options.filter((option) => !(option.id in ratings()));
  const status = el("p.ek-missing", { role: "status", "aria-live": "polite" });
  const say = () => {
    status.textContent = open().length ? missing[open().length - 1] : "";
  };
  const reactions = options.map(({ id: option, label }) => {
    const drawn = drawReaction(question, {
      label,
      name: `ek-${card.name}-${id}-${option}`,
      rating: ratings()[option],
      rate: (value) => {
        card.picked.set(id, { ...ratings(), [option]: value });
        drawn.unrated.textContent = "";
        if (status.textContent) say();
      },
    });
    return drawn;
  });
  return {
    nodes: [heading(3, question.ask), el("p.ek-hint", {}, question.hint), drawMeanings(question), ...reactions.map(({ group }) => group), status],
    respond: () => (open().length ? null : ratings()),
    askForOne: () => {
      say();
      const waiting = options.map((option, place) => (option.id in ratings() ? null : reactions[place])).filter(Boolean);
      for (const reaction of waiting) reaction.unrated.textContent = unrated;
      waiting[0].radios[0].focus({ preventScroll: true });
      waiting[0].group.scrollIntoView({ block: "nearest" });
    },
  };
}

function drawRatingKept(card, page) {
  const { options, scale } = page.question;
  const ratings = page.chosen ? ratingsOf(page.chosen) : {};
  const items = options.map(({ id, label }) => {
    const given = scale.find(({ value }) => value === ratings[id]);
    return el("li.ek-kept", {}, given ? el("p", {}, el("span.ek-badge", {}, card.words("yours")), " ", el("strong", {}, given.word)) : null, label);
  });
  const title = drawKeptTitle(card, page);
  return { nodes: [title, el("ul.ek-results", {}, items)], focus: title };
}

// The scale repeats for the eye what stands beside it in words.
function drawScale(scale, { rating, grade }, { you, article }) {
  const [low, high] = [Math.min(rating, grade), Math.max(rating, grade)];
  const steps = scale.map(({ value, word }) => {
    const between = value >= low && value <= high ? ".ek-between" : "";
    const marks = [value === rating ? el("span.ek-mark.ek-mark-own", {}, you) : null, value === grade ? el("span.ek-mark", {}, article) : null];
    return el(`div.ek-step${between}`, {}, el("div.ek-marks", {}, marks), el("div.ek-step-word", {}, word));
  });
  return el("div.ek-scale", { "aria-hidden": "true" }, steps);
}

function drawRated(card, reaction, label, page, feedback, open) {
  const line = [el("strong.ek-verdict", {}, reaction.compared), el("span.ek-label", {}, label)];
  return el(
    "div.ek-result",
    { "data-grade": reaction.grade },
    el(
      "details.ek-unfolds.ek-rated",
      { open },
      el("summary", {}, el("span.ek-unfolds-line", {}, line)),
      drawScale(page.question.scale, reaction, feedback),
      drawTag(reaction),
      el("p", {}, el("span.ek-runin", {}, card.words("why")), reaction.reason),
      el("p", {}, el("span.ek-runin", {}, card.words("other_side")), reaction.feedback),
      drawSource(reaction, feedback.passages),
    ),
  );
}

function drawRatingFeedback(card, page, feedback) {
  const labels = Object.fromEntries(page.question.options.map(({ id, label }) => [id, label]));
  const [first, ...others] = feedback.reactions.map((reaction, place) => drawRated(card, reaction, labels[reaction.id], page, feedback, place === 0));
  const title = heading(3, feedback.summary, { class: "ek-summary" });
  const message = el("div.ek-message", {}, title, drawAgreement(feedback), feedback.best ? el("p.ek-best", {}, feedback.best) : null);
  return {
    nodes: [message, first],
    rest: [heading(3, card.words("others")), el("div.ek-results", {}, others)],
    focus: title,
  };
}

export function rating(card, page) {
  if (page.revealed) return drawRatingFeedback(card, page, card.model.get("feedback"));
  return page.open ? drawRatingForm(card, page) : drawRatingKept(card, page);
}
