// Says how far the loading of Python has come, and what to do where it cannot go on.
import { megabytes } from "./progress.js";

// Whether loading failed because something did not come. Browsers word it differently; of a script that did not come, they say nothing.
export function isCut(message) {
  return !message || /TypeError.*(fetch|network|load|import)/is.test(message);
}

export class LoadingBar {
  // `retry` is told whether something did not come; it loads once more, or returns what to say where that has no chance.
  constructor(place, words, lang, retry) {
    this.place = place;
    this.words = words;
    this.lang = lang;
    this.retry = retry;
    this.isLost = false;
    this.text = place.querySelector("p");
    this.track = place.querySelector("progress");
  }

  show({ stage, loaded, total, message }) {
    if (this.isLost) return; // the rest may still be coming
    if (stage === "ready") {
      this.place.hidden = true;
      return;
    }
    if (stage === "loading") {
      this.track.max = total;
      this.track.value = Math.min(loaded, total);
      this.say(this.words.loading.replace("{loaded}", megabytes(loaded, this.lang)).replace("{total}", megabytes(total, this.lang)));
    } else if (stage === "starting") {
      this.track.removeAttribute("value");
      this.say(this.words.starting);
    } else {
      this.isLost = true;
      this.track.hidden = true;
      this.place.setAttribute("role", "alert");
      const wasCut = isCut(message);
      this.say(wasCut ? this.words.cut : this.words.failed.replace("{reason}", message));
      this.offerRetry(wasCut);
    }
    this.place.hidden = false;
  }

  offerRetry(wasCut) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.words.retry;
    button.addEventListener("click", async () => {
      const refused = await this.retry(wasCut);
      if (refused) this.say(refused);
    });
    this.place.append(button);
  }

  say(text) {
    if (this.text.textContent !== text) this.text.textContent = text;
  }
}
