// The files of one version of the site in the browser's cache. Each lies there under the hash of its content, so that versions share what they
// have in common, and none can get what belongs to another.
import { addressOf } from "./addresses.js";
import { Download } from "./download.js";

const PYTHON = "app/python/"; // the folder of what Python consists of

export class SiteFiles {
  // `files` has the sha256 and the size of each path; `space` says how many bytes there is room for.
  constructor({ scope, files, version, caches, fetch, space }) {
    Object.assign(this, { scope, files, caches, fetch, space });
    this.name = `etiquette-kit ${new URL(scope).pathname}`; // other sites of this host have their own
    this.mark = this.key("complete", version);
    this.isKnownComplete = false;
    this.coming = new Map();
  }

  key(kind, value) {
    return new URL(`?${kind}=${value}`, this.scope).href;
  }

  keyOf(path) {
    return this.key("sha256", this.files[path].sha256);
  }

  async find(key) {
    try {
      return await (await this.caches.open(this.name)).match(key, { ignoreVary: true });
    } catch {
      return undefined; // a browser that keeps nothing
    }
  }

  async keep(key, response) {
    try {
      await (await this.caches.open(this.name)).put(key, response);
      return true;
    } catch {
      return false; // the storage is full
    }
  }

  async keys() {
    const cache = await this.caches.open(this.name);
    return (await cache.keys()).map(({ url }) => url);
  }

  async isComplete() {
    this.isKnownComplete ||= Boolean(await this.find(this.mark));
    return this.isKnownComplete;
  }

  // Whether any version has all its files here.
  async isAnyComplete() {
    const start = this.key("complete", "");
    return (await this.keys()).some((key) => key.startsWith(start));
  }

  kept(path) {
    return this.find(this.keyOf(path));
  }

  // Fetches a file, unless it is coming already; `isKept` of the download tells whether it came and was kept.
  load(path, ask = (signal) => this.fetch(addressOf(path, this.scope), { cache: "no-cache", signal })) {
    const { sha256 } = this.files[path];
    const coming = this.coming.get(sha256);
    if (coming) return coming;
    const download = new Download(ask, sha256, { isStreamed: path.startsWith(PYTHON) });
    this.coming.set(sha256, download);
    download.isKept = download.isRight
      .then(async (isRight) => isRight && this.keep(this.keyOf(path), await download.whole()))
      .catch(() => false)
      .finally(() => this.coming.delete(sha256));
    return download;
  }

  // Fetches what is not here yet, one file after the other; what came before an error stays.
  async complete() {
    const here = new Set(await this.keys());
    const missing = Object.keys(this.files).filter((path) => !here.has(this.keyOf(path)));
    const bytes = missing.reduce((sum, path) => sum + this.files[path].size, 0);
    if (bytes > (await this.space())) throw new Error(`no room for ${bytes} bytes`);
    for (const path of missing) {
      if (!(await this.load(path).isKept)) throw new Error(`${path} could not be kept`);
    }
    if (!here.has(this.mark)) await this.keep(this.mark, new Response(""));
  }

  // Removes what belongs to other versions alone.
  async prune() {
    const wanted = new Set([this.mark, ...Object.keys(this.files).map((path) => this.keyOf(path))]);
    const cache = await this.caches.open(this.name);
    await Promise.all((await this.keys()).filter((key) => !wanted.has(key)).map((key) => cache.delete(key)));
  }
}
