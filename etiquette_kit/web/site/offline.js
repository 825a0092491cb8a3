// The page's side of the service worker: registers it, offers a new version, and tries again where loading was cut off. A browser without
// service workers, as on an address without https, loads the page as ever, and nothing is said about it.
const SITE = new URL("../..", import.meta.url);
const PATIENCE = 1000; // milliseconds that Python waits for a first service worker; then it is loaded without one
const PATIENCE_TO_RETRY = 5000; // milliseconds

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function reached(worker, ...states) {
  while (!states.includes(worker.state)) {
    await new Promise((changed) => worker.addEventListener("statechange", changed, { once: true }));
  }
}

export class Offline {
  // `words` returns the words of the page's language, `isQuiet` whether nobody is in the middle of something; without `workers`, there are none.
  constructor(words, isQuiet, workers) {
    this.words = words;
    this.isQuiet = isQuiet;
    this.workers = workers;
    this.isControlled = false;
    this.registration = null;
    this.registered = this.register();
    this.place = document.createElement("div");
    this.place.className = "site-update";
    this.place.setAttribute("role", "status");
    document.body.append(this.place);
  }

  async register() {
    if (!this.workers) return;
    try {
      this.registration = await this.workers.register(new URL("sw.js", SITE), { scope: SITE.href, updateViaCache: "none" });
    } catch {
      return; // none here
    }
    this.registration.addEventListener("updatefound", () => this.follow(this.registration.installing));
    this.follow(this.registration.installing);
    this.look();
  }

  async follow(worker) {
    if (!worker) return;
    await reached(worker, "installed", "redundant", "activated");
    this.look();
  }

  // Waits until a service worker answers for this page; not for long, and not where there will be none.
  async control() {
    if (this.workers && !this.workers.controller) {
      const controlled = new Promise((changed) => this.workers.addEventListener("controllerchange", changed, { once: true }));
      const none = this.registered.then(() => (this.registration && !this.registration.active ? controlled : null));
      await Promise.race([controlled, none, after(PATIENCE)]);
    }
    this.isControlled = Boolean(this.workers?.controller);
  }

  // The page has all that it needs: the rest of the site may follow. Not where Python came past the service worker; it would come twice.
  complete() {
    if (this.isControlled) this.workers.controller?.postMessage({ do: "complete" });
  }

  // Offers a version that waits, as long as nobody is in the middle of something.
  look() {
    const isOffered = Boolean(this.registration?.waiting && this.workers.controller && this.isQuiet());
    if (isOffered === this.place.hasChildNodes()) return;
    if (isOffered) this.offer();
    else this.place.replaceChildren();
  }

  offer() {
    const text = document.createElement("p");
    text.textContent = this.words().update;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.words().update_now;
    button.addEventListener("click", async () => {
      if (await this.takeOver()) location.reload();
      else text.textContent = this.words().update_tabs;
    });
    this.place.replaceChildren(text, button);
  }

  // Has the version that waits take over; false where it does not, as other tabs need the older one.
  async takeOver() {
    const { waiting } = this.registration;
    if (!waiting) return true; // it has, by now
    const { port1, port2 } = new MessageChannel();
    const told = new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
    waiting.postMessage({ do: "take over" }, [port2]);
    if (!(await told)) return false;
    await reached(waiting, "activated", "redundant");
    return true;
  }

  // Loads the page again, where that has a chance; with what the server has now, if loading failed because the site had changed. Returns
  // what to say where it has none.
  async retry(wasCut) {
    try {
      if (wasCut) await fetch(location.href, { method: "HEAD", cache: "no-store" }); // past the service worker
    } catch {
      return this.words().still_cut;
    }
    if (this.registration) {
      await Promise.race([this.update(), after(PATIENCE_TO_RETRY)]);
      if (this.registration.waiting && !(await this.takeOver())) return this.words().update_tabs;
    }
    location.reload();
    return null;
  }

  async update() {
    try {
      await this.registration.update();
    } catch {
      return; // without, then
    }
    const { installing } = this.registration;
    if (installing) await reached(installing, "installed", "redundant", "activated");
  }
}
