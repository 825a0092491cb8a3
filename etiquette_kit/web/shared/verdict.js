// A reaction in the answer that a room sees: by its letter how it fits, with a star where nothing fits better, and how the room voted for it.
import { el } from "./dom.js";
import { drawFit, drawMeter, drawTag } from "./grade.js";
import { drawLetter } from "./situation.js";

export function drawVerdict({ options, best }, id, letter) {
  const option = options[id];
  const verdict = best.includes(id) ? `${option.verdict} ★` : option.verdict;
  return el("p.ek-verdict", {}, drawLetter(letter), drawFit(option.grade), el("strong", {}, verdict), drawTag(option));
}

// A bar for a vote, with its figures; words where there is nothing to draw. Label: what stands in the place of the vote's name.
export function drawVote([which, name, share, text], label = name) {
  const none = share === null;
  return el(
    `p.ek-vote.ek-vote-${which}`,
    {},
    el("span.ek-vote-name", {}, label),
    none ? null : drawMeter(share),
    el(`span.ek-vote-text${none ? ".ek-vote-none" : ""}`, {}, text),
  );
}

export function drawVotes(votes) {
  return el("div.ek-votes", {}, votes.map((vote) => drawVote(vote)));
}
