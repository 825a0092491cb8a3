// How the room voted for one reaction: a bar for each vote, with its figures; words where there is nothing to draw.
import { el } from "./dom.js";

function drawName(name, number, brief) {
  if (!brief) return el("span", { class: "room-vote-name" }, name);
  return el("span", { class: "room-vote-name" }, el("span", { "aria-hidden": "true" }, String(number)), el("span", { class: "room-unseen" }, name));
}

// Brief: with a number in the place of each vote's name, as the legend has them.
export function drawVotes(votes, { brief = false } = {}) {
  const lines = votes.map(([which, name, share, text], index) => {
    const level = el("span", { class: "room-level" });
    if (share !== null) level.style.setProperty("inline-size", `${100 * share}%`);
    return el(
      "p",
      { class: `room-vote room-vote-${which}` },
      drawName(name, index + 1, brief),
      share === null ? null : el("span", { class: "room-meter", "aria-hidden": "true" }, level),
      el("span", { class: share === null ? "room-vote-text room-vote-none" : "room-vote-text" }, text),
    );
  });
  return el("div", { class: "room-votes" }, lines);
}

export function drawLegend(votes) {
  const entries = votes.map(([which, name], index) =>
    el("span", { class: `room-vote-${which}` }, el("span", { class: "room-meter" }, el("span", { class: "room-level" })), `${index + 1} ${name}`),
  );
  return el("p", { class: "room-legend", "aria-hidden": "true" }, entries);
}
