// A page of the site: its cards, and the Python that runs them in a worker.
import { CardModel } from "./card_model.js";
import { LoadingBar } from "./loading_bar.js";
import { Offline } from "./offline.js";

const settings = JSON.parse(document.getElementById("settings").textContent);
const models = new Map();
const offline = new Offline(settings.words, () => [...models.values()].every((model) => model.get("scene").kind !== "question"));
let worker = null;

async function hydrate(place) {
  const { name, kind, parameters, parts } = JSON.parse(place.querySelector("script[type='application/json']").textContent);
  const model = new CardModel(name, { kind, parameters }, parts, (text) => worker.postMessage(text));
  models.set(name, model);
  const { default: card } = await import(`../card/${kind.toLowerCase()}.js`);
  const fresh = document.createElement("div");
  card.render({ model, el: fresh });
  place.replaceChildren(fresh);
  return model;
}

function startPython(bar) {
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (typeof data === "string") {
      const told = JSON.parse(data);
      models.get(told.card)?.take(told);
      offline.look();
    } else {
      bar.show(data);
      if (data.stage !== "ready") return;
      for (const model of models.values()) model.run();
      offline.complete();
    }
  };
  worker.onerror = (event) => bar.show({ stage: "failed", message: event.message });
  worker.postMessage({ total: settings.total, database: `etiquette-kit ${new URL("../..", import.meta.url).pathname}` });
}

const places = [...document.querySelectorAll("[data-card]")];
if (places.length) {
  const bar = new LoadingBar(document.getElementById("loading"), settings.words, document.documentElement.lang, (wasCut) => offline.retry(wasCut));
  Promise.all([...places.map(hydrate), offline.control()])
    .then(() => startPython(bar))
    .catch((error) => bar.show({ stage: "failed", message: String(error) }));
}
