// A file on its way from the server.
const PATIENCE = 20_000; // milliseconds in which nothing comes, after which the connection counts as cut
const NOT_OF_A_COPY = ["content-encoding", "content-length", "transfer-encoding", "vary"];

// Everyone who asks for the file while it is coming gets the same bytes. Whether they are those that the list of files names is known with
// the last of them:
// - of a file that Python consists of, all but the last piece is passed on as it comes, so that the page can show how far that is; the last
//   one, only if the file is right. What loads Python never takes an error page or a file of another version for the file.
// - any other file is waited for, and passed on in any case. The page itself consists of them; where one is another than expected, the page is
//   as good as it would be without a service worker.
export class Download {
  // `ask` takes an AbortSignal, and fetches.
  constructor(ask, sha256, { isStreamed = false, patience = PATIENCE } = {}) {
    this.sha256 = sha256;
    this.isStreamed = isStreamed;
    this.patience = patience;
    this.stop = new AbortController();
    this.pieces = [];
    this.isOver = false;
    this.listeners = [];
    this.head = this.heed(ask(this.stop.signal));
    this.isRight = this.collect(); // a promise, which is rejected when the connection is cut
    this.isRight.catch(() => {});
  }

  async heed(coming) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        reject(new TypeError("network error: nothing has come for a while"));
        this.stop.abort();
      }, this.patience);
    });
    try {
      return await Promise.race([coming, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async collect() {
    try {
      const answer = await this.head;
      if (!answer.ok) return false;
      const reader = answer.body.getReader();
      for (;;) {
        const { done, value } = await this.heed(reader.read());
        if (done) break;
        this.pieces.push(value);
        this.tell();
      }
      const digest = await crypto.subtle.digest("SHA-256", await new Blob(this.pieces).arrayBuffer());
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") === this.sha256;
    } finally {
      this.isOver = true;
      this.tell();
    }
  }

  tell() {
    for (const listener of this.listeners.splice(0)) listener();
  }

  stream() {
    let next = 0;
    return new ReadableStream({
      pull: async (out) => {
        while (!this.isOver && next >= this.pieces.length - 1) await new Promise((heard) => this.listeners.push(heard));
        if (next < this.pieces.length - 1) {
          out.enqueue(this.pieces[next++]);
          return;
        }
        if (!(await this.isRight)) throw new TypeError("network error: this is not the file of this version");
        if (next < this.pieces.length) out.enqueue(this.pieces[next++]);
        else out.close();
      },
    });
  }

  // The answer for one who asked.
  async answer() {
    const head = await this.head;
    return head.ok && this.isStreamed ? this.response(this.stream(), head) : this.whole();
  }

  // All of it, once it is there, whether it is right or not.
  async whole() {
    const head = await this.head;
    await this.isRight;
    return head.ok ? this.response(new Blob(this.pieces), head) : head.clone();
  }

  response(body, head) {
    const headers = new Headers(head.headers);
    for (const name of NOT_OF_A_COPY) headers.delete(name);
    return new Response(body, { status: head.status, headers });
  }
}
