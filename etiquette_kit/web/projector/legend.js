// The votes with numbers in the place of their names, where there is little room, and the legend that says which is which.
import { el } from "../shared/dom.js";
import { drawMeter } from "../shared/grade.js";
import { drawVote } from "../shared/verdict.js";

export function drawNumberedVotes(votes) {
  const lines = votes.map((vote, index) => {
    const [, name] = vote;
    return drawVote(vote, [el("span", { "aria-hidden": "true" }, String(index + 1)), el("span.ek-unseen", {}, name)]);
  });
  return el("div.ek-votes", {}, lines);
}

export function drawLegend(votes) {
  const entries = votes.map(([which, name], index) => el(`span.ek-vote-${which}`, {}, drawMeter(1), `${index + 1} ${name}`));
  return el("p", { class: "room-legend", "aria-hidden": "true" }, entries);
}
