// The session with a learning management system: reads where the attempt stands, and writes how it goes on. What is not taken is tried again.
import { fits, readKept, timespan, writeKept } from "./data_model.js";

const AGAIN = 5000; // milliseconds between two attempts to write what was not taken
const DONE = ["completed", "passed", "failed"];

export class Session {
  // `api` is the system's, in which the session has begun; `token` belongs to the learner's answers if the attempt has none; `tell` is called
  // with "", or with the key of a sentence when values are not taken.
  constructor(api, token, tell, now = () => Date.now()) {
    Object.assign(this, { api, tell, now });
    this.began = now();
    this.wanted = new Map();
    this.taken = new Map();
    this.isOver = false;
    this.timer = null;
    this.read(token);
    if (!this.isWritten) return;
    if (!this.isDone) this.want("cmi.core.lesson_status", "incomplete");
    this.want("cmi.core.exit", this.isDone ? "" : "suspend");
    this.keep();
    this.flush();
  }

  // Whether a session begins; a system that throws or refuses has none.
  static begin(api) {
    try {
      return String(api.LMSInitialize("")) === "true";
    } catch (error) {
      console.warn("the learning management system refused a session", error);
      return false;
    }
  }

  call(name, ...given) {
    try {
      return String(this.api[name](...given) ?? "");
    } catch (error) {
      console.warn(`${name} failed`, error);
      return "";
    }
  }

  // What a system need not know, it is asked for only if it says that it does.
  knows(group) {
    return new Set(this.call("LMSGetValue", `${group}._children`).split(",").map((name) => name.trim()));
  }

  read(token) {
    const core = this.knows("cmi.core");
    this.score = this.knows("cmi.core.score");
    const mode = core.has("lesson_mode") ? this.call("LMSGetValue", "cmi.core.lesson_mode") : "normal";
    const isNew = this.call("LMSGetValue", "cmi.core.entry") === "ab-initio";
    const status = this.call("LMSGetValue", "cmi.core.lesson_status");
    const kept = isNew ? null : readKept(this.call("LMSGetValue", "cmi.suspend_data"));
    this.isWritten = !["browse", "review"].includes(mode);
    this.isDone = !isNew && DONE.includes(status);
    this.best = this.isDone ? Number.parseFloat(this.call("LMSGetValue", "cmi.core.score.raw")) : Number.NaN;
    this.kept = { lang: "", round: "", ...kept, token: this.isWritten && kept ? kept.token : token }; // what is only looked at stays as it is
  }

  want(name, text) {
    if (fits(name, text)) this.wanted.set(name, text);
    else console.warn(`${name} cannot be ${JSON.stringify(text)}`);
  }

  keep() {
    if (this.kept.lang) this.want("cmi.suspend_data", writeKept(this.kept));
  }

  // The language of the page.
  speak(lang) {
    if (lang === this.kept.lang) return;
    this.kept = { ...this.kept, lang };
    this.write(() => this.keep());
  }

  // How the round stands. The best score of an attempt counts, and what is completed stays so.
  report({ round, place, finished, score }) {
    this.kept = { ...this.kept, round };
    this.write(() => {
      this.keep();
      this.want("cmi.core.lesson_location", place);
      if (score !== null && !(score <= this.best)) this.grade(score);
      if (score !== null && !this.isDone) {
        this.isDone = true;
        this.want("cmi.core.lesson_status", "completed");
      }
      this.want("cmi.core.exit", finished ? "" : "suspend");
    });
  }

  grade(score) {
    this.best = score;
    for (const [name, text] of [["min", "0"], ["max", "100"], ["raw", String(score)]]) {
      if (name === "raw" || this.score.has(name)) this.want(`cmi.core.score.${name}`, text);
    }
  }

  write(change) {
    if (!this.isWritten || this.isOver) return;
    change();
    this.flush();
  }

  // Sends what has changed, and has it kept; tells whether all was taken.
  flush() {
    if (!this.isWritten || this.isOver) return true;
    this.want("cmi.core.session_time", timespan(this.now() - this.began));
    const changed = [...this.wanted].filter(([name, text]) => this.taken.get(name) !== text);
    const refused = changed.filter(([name, text]) => this.call("LMSSetValue", name, text) !== "true");
    for (const [name, text] of changed) this.taken.set(name, text);
    for (const [name] of refused) this.taken.delete(name);
    const isKept = this.call("LMSCommit", "") === "true";
    if (!isKept) this.taken.clear(); // what was set may be lost
    this.follow(isKept && !refused.length);
    return isKept && !refused.length;
  }

  follow(isTaken) {
    clearTimeout(this.timer);
    this.timer = isTaken ? null : setTimeout(() => this.flush(), AGAIN);
    this.tell(isTaken ? "" : "trouble");
  }

  // The page is left: ends the session, once.
  finish() {
    if (this.isOver) return;
    this.flush();
    clearTimeout(this.timer);
    this.isOver = true;
    this.call("LMSFinish", "");
  }
}
