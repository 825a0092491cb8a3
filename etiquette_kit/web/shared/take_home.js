// Where to go on practising: the QR code of an address, and the address itself.
import { el, heading } from "./dom.js";

export function drawTakeHome({ title, text, address, qr, name }, level) {
  // A data address is the only one that there is for it; whatever else a message might hold, the page loads nothing.
  const source = qr.startsWith("data:image/") ? qr : null;
  const link = el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
  return el(
    "section",
    { class: "ek-take-home" },
    el("img", { class: "ek-take-home-code", src: source, alt: name, width: 200, height: 200 }),
    el("div", {}, heading(level, title), el("p", {}, text), el("p", { class: "ek-take-home-address" }, link)),
  );
}
