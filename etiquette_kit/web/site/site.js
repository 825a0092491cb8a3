// A page of the site: its cards, and the Python that runs them in a worker.
import { CardModel } from "./card_model.js";
import { askToKeep } from "./lasting.js";
import { LoadingBar } from "./loading_bar.js";

const settings = JSON.parse(document.getElementById("settings").textContent);
const models = new Map();
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
      askToKeep(told.parts);
    } else {
      bar.show(data);
      if (data.stage === "ready") for (const model of models.values()) model.run();
    }
  };
  worker.onerror = (event) => bar.show({ stage: "failed", message: event.message });
  worker.postMessage({ total: settings.total, database: `etiquette-kit ${new URL("../..", import.meta.url).pathname}` });
}

const places = [...document.querySelectorAll("[data-card]")];
if (places.length) {
  const bar = new LoadingBar(document.getElementById("loading"), settings.words, document.documentElement.lang);
  Promise.all(places.map(hydrate)).then(() => startPython(bar));
}
