// Says how far the loading of Python has come, and what to do where it cannot go on. The figures are for the eye; a screen reader hears each
// stage once.
import { megabytes } from "./progress.js";

export class LoadingBar {
  constructor(place, words, lang) {
    this.place = place;
    this.words = words;
    this.lang = lang;
    this.said = place.querySelector("[role=status]");
    this.shown = place.querySelector(".site-progress");
    this.figures = this.shown.querySelector("p");
    this.track = place.querySelector("progress");
    this.last = null;
  }

  // Go on in another language.
  speak(lang) {
    this.lang = lang;
    if (this.last) this.show(this.last);
  }

  show(told) {
    this.last = told;
    const { stage, loaded, total, message } = told;
    const words = this.words[this.lang];
    this.shown.hidden = stage === "ready";
    this.track.setAttribute("aria-label", words.preparing);
    if (stage === "ready") {
      this.said.textContent = words.ready;
    } else if (stage === "loading") {
      this.track.max = total;
      this.track.value = Math.min(loaded, total);
      const figures = { loaded: megabytes(loaded, this.lang), total: megabytes(total, this.lang) };
      this.say(words.preparing, words.loading.replace(/\{(\w+)\}/g, (whole, name) => figures[name] ?? whole));
    } else if (stage === "starting") {
      this.track.removeAttribute("value");
      this.say(words.starting, words.starting);
    } else {
      this.track.hidden = true;
      this.say(words.failed.replace("{reason}", () => message), words.failed.replace("{reason}", () => message));
    }
  }

  say(heard, shown) {
    if (this.said.textContent !== heard) this.said.textContent = heard;
    if (this.figures.textContent !== shown) this.figures.textContent = shown;
  }
}
