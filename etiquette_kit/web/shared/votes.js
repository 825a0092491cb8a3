// How the room voted for one reaction: a bar for each vote, with its figures; words where there is nothing to draw.
import { el } from "./dom.js";

export function setMeter(meter, share) {
  meter.firstChild.style.inlineSize = `${100 * share}%`;
}

export function drawMeter(share) {
  const meter = el("span.ek-meter", { "aria-hidden": "true" }, el("span.ek-level"));
  setMeter(meter, share);
  return meter;
}

// Label: what stands in the place of the vote's name.
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
