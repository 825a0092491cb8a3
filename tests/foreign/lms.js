// A learning management system around scorm-again: opens a package in a frame, remembers every call with its result and the error code after
// it, and hands out what it keeps of the attempt.
const METHODS = ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"];

const lms = {
  calls: [],
  fault: "", // "throws" or "refuses": what becomes of the calls that `faulty` names
  faulty: [],
  isLeft: false,
  api: null,

  // `cmi` is what was kept of the attempt; `delay` says how many milliseconds the API comes late, -1 that there is none.
  open(cmi, delay = 0) {
    const scorm = new Scorm12API({ autocommit: false, logLevel: 5 });
    scorm.loadFromJSON(cmi, "");
    this.scorm = scorm;
    this.calls = [];
    this.isLeft = false;
    delete window.API;
    const api = Object.fromEntries(METHODS.map((name) => [name, (...given) => this.called(name, given)]));
    if (delay === 0) window.API = api;
    if (delay > 0) setTimeout(() => (window.API = api), delay);
    document.querySelector("iframe").src = "content/launch.html";
  },

  called(name, given) {
    if (this.faulty.includes(name) && this.fault === "throws") throw new Error("as if the connection was cut");
    const isRefused = this.faulty.includes(name) && this.fault === "refuses";
    const result = isRefused ? "false" : String(this.scorm[name](...given));
    this.calls.push({ name, given: given.map(String), result, error: isRefused ? "as if" : String(this.scorm.LMSGetLastError()) });
    return result;
  },

  // As a platform leaves a course: another page comes into the frame, or the frame is removed.
  leave(isRemoved) {
    const frame = document.querySelector("iframe");
    if (isRemoved) {
      frame.remove();
      this.isLeft = true;
      return;
    }
    frame.addEventListener("load", () => (this.isLeft = true), { once: true });
    frame.src = "about:blank";
  },

  get kept() {
    return JSON.parse(JSON.stringify(this.scorm.cmi));
  },
};
window.lms = lms;
