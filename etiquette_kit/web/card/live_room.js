// The live room in a notebook: before it is open, what can be opened; then what the projector shows, and the ways to the other pages.
import { closeScreen, drawScreen } from "../projector/screen.js";
import { now } from "../shared/clock.js";
import { button, refill } from "../shared/controls.js";
import { el, heading } from "../shared/dom.js";
import { followTheme } from "./theme.js";

let sent = 0;

class LiveRoom {
  constructor(model, host) {
    this.model = model;
    this.host = host;
    this.notice = el("p", { class: "room-notice", role: "status" });
    this.body = el("div", { class: "room-body" });
    this.root = el("div", { class: "room-notebook", onfocusin: ({ target }) => (target.dataset.lmSuppressShortcuts = "true") }, this.notice, this.body);
    this.unfollow = followTheme(this.root);
    this.onrev = () => this.draw();
    model.on("change:rev", this.onrev);
    host.append(this.root);
    this.draw();
  }

  words(key) {
    return this.model.get("words")[key];
  }

  ask(action) {
    sent += 1;
    this.model.send({ n: `${Date.now()}-${sent}`, ...action });
  }

  draw() {
    const scene = this.model.get("scene");
    this.root.lang = this.model.get("lang");
    const notice = this.model.get("notice");
    if (this.notice.textContent !== notice) this.notice.textContent = notice;
    const reach = JSON.stringify(scene.reach ?? null);
    const anew = scene.kind !== this.kind || this.root.lang !== this.named || reach !== this.reach;
    this.reach = reach;
    if (scene.kind !== this.kind) this.change(scene.kind);
    this.named = this.root.lang;
    if (scene.kind === "open") this.drawScreen(scene);
    if (anew && scene.kind === "open") this.drawBelow(scene);
    else if (anew) this.drawClosed(scene);
  }

  change(kind) {
    this.leave();
    this.kind = kind;
    this.screen = el("div", { class: "room-frame" });
    this.below = el("div");
    if (kind === "open") this.body.replaceChildren(this.screen, this.below);
  }

  drawClosed(scene) {
    const anew = el("input", { type: "checkbox" });
    const way = (text, reach) => button(text, () => this.ask({ do: "start", reach, new: anew.checked }), { "data-control": `open_${reach}` });
    const asked = [way(this.words("open_network"), "network"), way(this.words("open_here"), "here")];
    const ways = scene.asked ? asked : [way(this.words("open"), "given")];
    this.body.replaceChildren(
      heading(2, scene.title),
      el("p", {}, this.words("lead")),
      el("p", {}, scene.caption),
      el("p", { class: "room-ways" }, ways),
      el("p", {}, el("label", { class: "room-anew" }, anew, el("span", {}, this.words("anew")))),
    );
  }

  drawBelow(scene) {
    const page = (name, href, text) => el("a", { class: "ek-button", href, target: "_blank", rel: "noopener", "data-control": name }, text);
    const ways = [
      page("control", scene.control, this.words("control")),
      page("screen", scene.screen, this.words("screen")),
      button(this.words("stop"), () => this.ask({ do: "stop" }), { "data-control": "stop" }),
    ];
    refill(this.below, [el("p", { class: "room-ways" }, ways), scene.reach && this.drawReach(scene.reach)]);
  }

  // That phones do not reach the room, what it means to change that, and the button that does.
  drawReach({ title, text, means, button: name }) {
    return el(
      "div",
      { class: "room-unreached" },
      el("p", {}, el("strong", {}, title)),
      el("p", {}, text),
      means.length > 0 && el("ul", {}, means.map((line) => el("li", {}, line))),
      button(name, () => this.ask({ do: "open_network" }), { "data-control": "open_network" }),
    );
  }

  drawScreen(scene) {
    const { counts } = this.model.get("standing");
    const languages = this.model.get("languages").map(({ code, name }) => [code, name]); // as the room's own pages have them
    const choose = (lang) => this.ask({ do: "language", lang });
    const fresh = scene.page !== this.page;
    this.page = scene.page;
    if (fresh) this.since = now();
    const surroundings = { lang: this.model.get("lang"), languages, since: this.since, choose, embedded: true };
    drawScreen(this.screen, scene.page, counts, this.model.get("words"), surroundings);
  }

  leave() {
    if (this.kind === "open") closeScreen(this.screen);
  }

  close() {
    this.model.off("change:rev", this.onrev);
    this.leave();
    this.unfollow();
    this.root.remove();
  }
}

function render({ model, el: host }) {
  host.classList.add("ek-hall");
  const room = new LiveRoom(model, host);
  return () => room.close();
}

export default { render };
