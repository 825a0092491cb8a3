// How others get in: the QR code, the code and the addresses, each to be copied.
import { drawQr } from "../projector/joining.js";
import { button } from "../shared/controls.js";
import { el, fill } from "../shared/dom.js";
import { drawReach } from "./reach.js";

// Without https there is no clipboard to write to; browsers still copy what is selected.
async function copy(text, node) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(node);
    return document.execCommand("copy");
  }
}

function drawLink(name, address, words, say) {
  const link = el("a", { href: address, target: "_blank", rel: "noopener" }, address);
  const act = async () => say((await copy(address, link)) ? words.copied : words.not_copied);
  const label = fill(words.copy_link, { address });
  return el("div", { class: "control-link" }, el("p", {}, name ? `${name}: ` : null, link), button(words.copy, act, { "aria-label": label, "data-control": `copy ${address}` }));
}

// say(text) tells what is the matter, reach() opens the room to the network.
export function drawLinks(page, words, { say, reach }) {
  const { phone, screen, others } = page.links;
  return [
    el("p", {}, el("a", { class: "ek-button", href: screen, target: "_blank", rel: "noopener", "data-control": "screen" }, words.screen)),
    page.reach ? drawReach(page.reach, reach) : null,
    el("div", { class: "control-way" }, page.reach ? null : drawQr(page, words), el("p", {}, `${words.code}: `, el("strong", { class: "room-code" }, page.code))),
    drawLink(words.phone, phone, words, say),
    others.length ? el("p", { class: "room-muted" }, words.others) : null,
    ...others.map((address) => drawLink("", address, words, say)),
  ].filter(Boolean);
}
