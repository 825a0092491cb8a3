// A page of the site: its cards, and the Python that runs them in a worker.
import { CardModel } from "./card_model.js";
import { LoadingBar } from "./loading_bar.js";
import { Offline } from "./offline.js";
import { requestPersistence } from "./persistence.js";
import { switchLanguages, tellCards } from "./switching.js";

const settings = JSON.parse(document.getElementById("settings").textContent);
const root = document.documentElement;
const models = new Map();
const isReported = settings.attempt !== undefined; // in a learning management system, which hands out the pages as they are now
const joined = isReported ? import("../scorm/page.js").then(({ joinAttempt }) => joinAttempt(settings.attempt)) : Promise.resolve(null);
const offline = new Offline(
  () => settings.words[root.lang],
  () => [...models.values()].every((model) => model.get("scene").kind !== "question"),
  isReported ? null : navigator.serviceWorker,
);
let worker = null;

const read = (place) => JSON.parse(place.querySelector("script[type='application/json']").textContent);
const openings = new Map([...document.querySelectorAll("[data-card]")].map((place) => [place, read(place)]));
const standing = new Map(); // by name, the place in which a card stands
const isShown = (place) => [undefined, root.lang].includes(place.closest("[data-language]")?.dataset.language);

async function hydrate(place) {
  const { name, kind, parameters, parts } = openings.get(place);
  const model = new CardModel(name, { kind, parameters }, { ...parts }, (text) => worker.postMessage(text));
  models.set(name, model);
  standing.set(name, place);
  const { default: card } = await import(`../card/${kind.toLowerCase()}.js`);
  const fresh = document.createElement("div");
  card.render({ model, el: fresh });
  standing.get(name).replaceChildren(fresh);
  pressAgain(place, fresh);
}

// What was pressed on the card as it stood in the page before there was a script; a second press of the same button says the same.
function pressAgain(place, card) {
  const texts = new Set(window.earlyPresses.filter((press) => press.place === place).map((press) => press.text));
  for (const text of texts) [...card.querySelectorAll("button")].find((button) => button.textContent === text)?.click();
}

// On the first page a card has a place in each language: it moves to that of the new one, together with what is below it.
function moveCards(bar) {
  for (const [place, opening] of openings) {
    const from = standing.get(opening.name);
    if (!isShown(place) || place === from) continue;
    standing.set(opening.name, place);
    place.replaceChildren(...from.childNodes);
    const model = models.get(opening.name);
    if (model.loading) model.begin(opening);
    if (from.nextElementSibling === bar.place) place.after(bar.place);
  }
}

function startPython(bar, drawn) {
  let modules = false;
  const options = {
    get type() {
      modules = true; // an old browser does not ask
      return "module";
    },
  };
  worker = new Worker(new URL("worker.js", import.meta.url), options);
  if (!modules || typeof WebAssembly !== "object") {
    worker.terminate();
    document.getElementById("too-old").hidden = false;
    return;
  }
  worker.onmessage = ({ data }) => {
    if (typeof data === "string") {
      const told = JSON.parse(data);
      models.get(told.card)?.take(told);
      if (told.report) joined.then((place) => place?.report(told.report));
      if (!isReported) requestPersistence(told.parts);
      offline.look();
    } else {
      bar.show(data);
      if (data.stage !== "ready") return;
      drawn.then((isDrawn) => isDrawn && models.forEach((model) => model.run()));
      offline.complete();
    }
  };
  worker.onerror = (event) => bar.show({ stage: "failed", message: event.message });
  const { total, lock, environment } = settings;
  const database = `etiquette-kit ${new URL("../..", import.meta.url).pathname}`;
  joined.then((place) => worker.postMessage({ total, lock, environment, database, attempt: place?.attempt }));
}

const places = [...openings.keys()].filter(isShown);
const bar = new LoadingBar(document.getElementById("loading"), settings.words, root.lang, (wasCut) => offline.retry(wasCut));
switchLanguages((lang) => {
  bar.speak(lang);
  moveCards(bar);
  tellCards(lang);
});
if (places.length) {
  places[0].after(bar.place);
  const drawn = Promise.all(places.map(hydrate)).then(
    () => {
      window.earlyPresses = null;
      return true;
    },
    (error) => {
      bar.show({ stage: "failed", message: String(error) });
      return false;
    },
  );
  offline.control().then(() => startPython(bar, drawn));
}
