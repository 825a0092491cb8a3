// What a page says while it has no words from its room yet, in every language, and later where the connection is down.
import { el, put } from "./dom.js";

export class ConnectionNotice {
  constructor() {
    this.texts = document.getElementById("before");
    this.lost = el("p", { class: "room-lost", role: "alert", hidden: true });
    document.body.append(this.lost);
  }

  // "connecting", "lost", "unknown", and whatever else the page has a text for.
  say(state) {
    for (const text of this.texts.querySelectorAll("[data-when]")) text.hidden = text.dataset.when !== state;
  }

  // The room has spoken: from now on there are words.
  end() {
    this.texts.hidden = true;
  }

  follow(state, words) {
    if (!words) {
      if (state !== "open") this.say(state);
      return;
    }
    this.lost.hidden = state === "open";
    put(this.lost, state === "open" ? "" : words[state]);
  }
}
