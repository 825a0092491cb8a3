// Says how far the loading of Python has come, and what to do where it cannot go on. The figures are for the eye; a screen reader hears each
// stage once.
import { megabytes } from "./progress.js";

// Whether loading failed because something did not come. Browsers word it differently; of a script that did not come, they say nothing.
export function isCut(message) {
  return !message || /TypeError.*(fetch|network|load|import)/is.test(message);
}

export class LoadingBar {
  // `retry` is told whether something did not come; it loads once more, or returns what to say where that has no chance.
  constructor(place, words, lang, retry) {
    this.place = place;
    this.retry = retry;
    this.isLost = false;
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
    if (this.isLost && told.stage !== "failed") return; // the rest may still be coming
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
      const text = isCut(message) ? words.cut : words.failed.replace("{reason}", () => message);
      this.say(text, text);
      this.offerRetry(isCut(message), words);
    }
  }

  offerRetry(wasCut, words) {
    this.isLost = true;
    this.again?.remove();
    this.again = document.createElement("button");
    this.again.type = "button";
    this.again.textContent = words.retry;
    this.again.addEventListener("click", async () => {
      const refused = await this.retry(wasCut);
      if (refused) this.say(refused, refused);
    });
    this.place.append(this.again);
  }

  say(heard, shown) {
    if (this.said.textContent !== heard) this.said.textContent = heard;
    if (this.figures.textContent !== shown) this.figures.textContent = shown;
  }
}
