// Says how far the loading of Python has come, and what to do where it cannot go on.
import { megabytes } from "./progress.js";

export class LoadingBar {
  constructor(place, words, lang) {
    this.place = place;
    this.words = words;
    this.lang = lang;
    this.text = place.querySelector("p");
    this.track = place.querySelector("progress");
  }

  show({ stage, loaded, total, message }) {
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
      this.track.hidden = true;
      this.place.setAttribute("role", "alert");
      this.say(this.words.failed.replace("{reason}", message));
    }
    this.place.hidden = false;
  }

  say(text) {
    if (this.text.textContent !== text) this.text.textContent = text;
  }
}
