// Python in a worker: loads what it needs, tells how far that has come, and passes messages between the page and Python.
import { fetchedAhead } from "./ahead.js";
import { openDatabase } from "./database.js";
import { countedFetch } from "./progress.js";
import { typedFetch } from "./wasm_type.js";
import { loadPyodide } from "../python/pyodide.mjs";

const HERE = new URL("..", import.meta.url);
const PYTHON = new URL("python/", HERE).href;

async function start({ total, lock, environment, database, attempt }) {
  const report = (loaded) => postMessage({ stage: "loading", loaded, total });
  const [core, library, kit] = ["pyodide.asm.wasm", "stdlib.zip", "kit.zip"].map((name) => new URL(name, PYTHON).href);
  self.fetch = fetchedAhead(typedFetch(countedFetch(self.fetch.bind(self), report, fail)), [core, library, kit]);
  const kept = openDatabase(database);
  const packed = fetch(kit).then((answer) => answer.arrayBuffer());
  const python = await loadPyodide({ indexURL: PYTHON, stdLibURL: library, lockFileContents: lock, env: environment });
  postMessage({ stage: "starting" });
  const folder = "/kit";
  python.FS.mkdir(folder);
  python.unpackArchive(await packed, "zip", { extractDir: folder });
  python.globals.set("database", (await kept) ?? undefined);
  python.globals.set("post", (text) => postMessage(text));
  python.globals.set("attempt", attempt && JSON.stringify(attempt));
  await python.runPythonAsync(`
import sys
sys.path.insert(0, "${folder}")
from etiquette_kit.hosts.browser.${attempt ? "attempt_host" : "start"} import started
host = await started(database, post${attempt ? ", attempt" : ""})
`);
  return python.globals.get("host");
}

let host = null;
let last = Promise.resolve();

self.onmessage = ({ data }) => {
  if (typeof data !== "string") {
    host = start(data);
    host.then(() => postMessage({ stage: "ready" }), fail);
    return;
  }
  last = last.then(async () => (await host).receive(data)).catch(fail);
};

function fail(error) {
  console.error(error);
  postMessage({ stage: "failed", message: String(error) });
}
