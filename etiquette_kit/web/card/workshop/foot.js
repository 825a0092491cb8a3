// The foot of every page, which stays in sight: the way on, and at the far end what is seldom wanted.
import { button } from "../../shared/controls.js";
import { el } from "../../shared/dom.js";

// What cannot be undone is asked once more, in the place of the buttons.
export function asked(card, question, yes, act) {
  return ({ currentTarget }) => {
    const foot = currentTarget.closest(".ek-foot");
    const kept = [...foot.childNodes];
    const back = () => {
      foot.replaceChildren(...kept);
      currentTarget.focus();
    };
    const no = button(card.words("no"), back);
    const group = el(
      "div",
      { class: "ek-asked", role: "group", "aria-label": question, onkeydown: ({ key }) => key === "Escape" && back() },
      el("p", {}, question),
      no,
      button(yes, act, { class: "ek-button ek-sure" }),
    );
    foot.replaceChildren(group);
    no.focus();
  };
}

function drawRestart(card, page) {
  const restart = () => card.ask({ do: "restart" });
  const act = page.counted ? asked(card, card.words("restart_ask"), card.words("restart_yes"), restart) : restart;
  return button(card.words("restart"), act);
}

function toggleFullscreen(card) {
  if (document.fullscreenElement) document.exitFullscreen();
  else card.root.requestFullscreen().catch((error) => console.warn("no full screen here", error));
}

const fullscreenName = (words) => (document.fullscreenElement ? words.fullscreen_end : words.fullscreen);

export function nameFullscreen(model, host) {
  for (const choice of host.querySelectorAll(".ek-full")) choice.textContent = fullscreenName(model.get("words"));
}

export function drawFoot(card, page, ways, asides = []) {
  const fullscreen = button(fullscreenName(card.model.get("words")), () => toggleFullscreen(card), { class: "ek-button ek-full" });
  const restart = page.kind === "plan" ? null : drawRestart(card, page);
  return el(
    "div",
    { class: "ek-actions ek-foot" },
    ways.length ? el("div", { class: "ek-ways" }, ways) : null,
    el("div", { class: "ek-asides" }, asides, restart, fullscreen),
  );
}
