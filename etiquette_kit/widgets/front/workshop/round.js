// A situation in the room: hands, talk, hands again, the answer.
import { button, el, heading } from "../dom.js";
import { drawFit, drawPassages } from "../grade.js";
import { drawPerson, drawStem } from "../question.js";

const place = (page) => ({ position: page.position, phase: page.phase });

function drawOption(letter, label, ...more) {
  return el("li", { class: "ek-kept ek-lettered" }, el("span", { class: "ek-letter", "aria-hidden": "true" }, letter), el("span", {}, label), more);
}

// What was typed outlives a new drawing, until it is sent.
function drawHands(card, page) {
  const key = `${page.position}/${page.phase}`;
  const typed = card.picked.get(key) ?? new Map(Object.entries(page.hands).map(([option, number]) => [option, String(number)]));
  card.picked.set(key, typed);
  const items = page.question.options.map(([option, label], index) => {
    const letter = page.letters[index];
    const input = el("input", {
      class: "ek-hands",
      type: "text",
      inputmode: "numeric",
      maxlength: 4,
      autocomplete: "off",
      value: typed.get(option) ?? "",
      "aria-label": card.words("hands").replace("{letter}", letter),
    });
    input.addEventListener("input", () => typed.set(option, input.value));
    return drawOption(letter, label, input);
  });
  const send = (to) => {
    const hands = {};
    for (const [option, text] of typed) {
      if (text.trim() === "") continue;
      hands[option] = /^\d+$/.test(text.trim()) ? Number(text) : text;
    }
    card.ask({ do: "count", hands, to, ...place(page) });
  };
  return { list: el("ol", { class: "ek-results" }, items), send };
}

function drawVotes(votes) {
  return votes.map(([which, name, share, text]) => {
    const level = el("span", { class: "ek-level" });
    level.style.inlineSize = `${100 * share}%`;
    return el(
      "p",
      { class: `ek-vote ek-vote-${which}` },
      el("span", { class: "ek-vote-name" }, name),
      el("span", { class: "ek-meter", "aria-hidden": "true" }, level),
      el("span", { class: "ek-vote-text" }, text),
    );
  });
}

function drawRevealed(card, page) {
  const { revealed } = page;
  const items = page.question.options.map(([id, label], index) => {
    const option = revealed.options[id];
    const votes = revealed.votes[id];
    return el(
      "li",
      { class: "ek-result", "data-grade": option.grade },
      el("p", { class: "ek-verdict" }, el("span", { class: "ek-letter" }, page.letters[index]), drawFit(option.grade), el("strong", {}, option.verdict)),
      el("p", { class: "ek-label" }, label),
      votes.length ? el("div", { class: "ek-votes" }, drawVotes(votes)) : null,
      el("p", {}, option.reason),
      drawPassages(card, option, revealed.passages),
    );
  });
  const title = heading(3, revealed.title);
  return [title, revealed.summary ? el("p", { class: "ek-lead" }, revealed.summary) : null, el("ul", { class: "ek-results" }, items)];
}

function drawTalk(page) {
  const { title, lead, questions } = page.discuss;
  return el(
    "div",
    { class: "ek-talk" },
    heading(3, title),
    el("p", { class: "ek-lead" }, lead),
    el("ul", {}, questions.map((question) => el("li", {}, question))),
  );
}

function drawBody(card, page) {
  const go = (to) => () => card.ask({ do: "go", to, ...place(page) });
  const primary = { class: "ek-button ek-primary" };
  switch (page.phase) {
    case "vote": {
      const { list, send } = drawHands(card, page);
      const ways = [button(card.words("to_discuss"), () => send("discuss"), primary), button(card.words("to_reveal"), () => send("reveal"))];
      return { nodes: [heading(3, card.words("vote")), list], ways };
    }
    case "discuss": {
      const list = el("ol", { class: "ek-results" }, page.question.options.map(([, label], index) => drawOption(page.letters[index], label)));
      const ways = [button(card.words("to_revote"), go("revote"), primary), button(card.words("to_reveal"), go("reveal")), button(card.words("to_vote"), go("vote"))];
      return { nodes: [drawTalk(page), list], ways };
    }
    case "revote": {
      const { list, send } = drawHands(card, page);
      const ways = [button(card.words("to_reveal"), () => send("reveal"), primary), button(card.words("to_talk"), go("discuss"))];
      return { nodes: [heading(3, card.words("revote")), list], ways };
    }
    default:
      return { nodes: drawRevealed(card, page), ways: [] };
  }
}

function toggleFullscreen(card) {
  if (document.fullscreenElement) document.exitFullscreen();
  else card.root.requestFullscreen().catch((error) => console.warn("no full screen here", error));
}

export function roundPage(card, page) {
  const title = heading(2, page.question.title);
  const body = drawBody(card, page);
  const go = (action) => () => card.ask({ do: action, ...place(page) });
  const done = page.phase === "reveal";
  const onward = done
    ? button(page.last ? card.words("finish") : card.words("next"), go("next"), { class: "ek-button ek-primary" })
    : button(card.words("skip"), go("next"));
  const ways = el(
    "div",
    { class: "ek-actions" },
    body.ways,
    onward,
    page.position > 0 ? button(card.words("back"), go("back")) : null,
    button(card.words("fullscreen"), () => toggleFullscreen(card)),
  );
  const situation = el("div", { class: "ek-situation" }, drawPerson(page.question), title, drawStem(page.question));
  const answers = el("div", { class: "ek-answers" }, body.nodes.filter(Boolean), ways);
  const focus = page.phase === "vote" ? title : (answers.querySelector("h3") ?? title);
  return { nodes: [el("div", { class: "ek-stage", "data-phase": page.phase }, situation, answers)], focus };
}
