// How to join: the QR code, the address and the code to type in.
import { el, fill, heading } from "../shared/dom.js";

export function drawQr(page, words) {
  // A data address is the only one that there is for it; whatever else a message might hold, the page loads nothing.
  const source = page.qr.startsWith("data:image/") ? page.qr : null;
  return el("img", { class: "room-qr", src: source, alt: fill(words.qr, { address: page.address }), width: 200, height: 200 });
}

const typed = (address) => address.replace(/\/$/, "");

export function drawAddress(page, words) {
  return [
    el("p", { class: "room-join-line" }, el("span", { class: "room-join-name" }, words.address), " ", el("span", { class: "room-address" }, typed(page.address))),
    el("p", { class: "room-join-line" }, el("span", { class: "room-join-name" }, words.code), " ", el("span", { class: "room-code" }, page.code)),
  ];
}

// A code that no phone can follow is not shown: instead, that only this machine gets in.
export function drawJoining(page, words) {
  if (page.warning) {
    const text = [heading(1, words.join), el("p", { class: "room-warning" }, page.warning), ...drawAddress(page, words)];
    return el("div", { class: "room-joining" }, el("div", { class: "room-join-text" }, text));
  }
  return el(
    "div",
    { class: "room-joining" },
    drawQr(page, words),
    el(
      "div",
      { class: "room-join-text" },
      heading(1, words.join),
      el("ol", { class: "room-join-steps" }, el("li", {}, words.join_scan), el("li", {}, words.join_type, drawAddress(page, words))),
    ),
  );
}
