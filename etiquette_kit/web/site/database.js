// Answers in the browser's own database: an append-only log of events. Each write is one transaction, and its result is known when the
// browser has it on the disk. A place in a session is taken once, whichever tab comes first.
const VERSION = 1;
const STORES = ["people", "sessions", "events"];

function request(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function complete(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
}

function opened(name, factory) {
  const opening = factory.open(name, VERSION);
  opening.onupgradeneeded = () => {
    const database = opening.result;
    database.createObjectStore("people", { keyPath: "pseudonym" });
    database.createObjectStore("sessions", { keyPath: "name" });
    database.createObjectStore("events", { keyPath: ["session", "seq"] });
  };
  return request(opening);
}

// Opens the database; null where the browser keeps nothing, as some do in private windows.
export async function openDatabase(name, factory = globalThis.indexedDB) {
  const open = () => opened(name, factory);
  try {
    return new AnswerDatabase(await open(), open);
  } catch (error) {
    console.warn("this browser keeps no answers", error);
    return null;
  }
}

export class AnswerDatabase {
  constructor(database, open) {
    this.open = open;
    this.hold(database);
  }

  hold(database) {
    this.database = database;
    database.onversionchange = () => database.close(); // a newer version of the page, in another tab, or the data are cleared
  }

  // Begins a transaction; a database that was closed meanwhile is opened again.
  async begin(mode, options) {
    try {
      return this.database.transaction(STORES, mode, options);
    } catch (error) {
      if (error?.name !== "InvalidStateError") throw error;
    }
    this.hold(await this.open());
    return this.database.transaction(STORES, mode, options);
  }

  async read() {
    const transaction = await this.begin("readonly");
    const [people, sessions, events] = await Promise.all(STORES.map((name) => request(transaction.objectStore(name).getAll())));
    return JSON.stringify({ people, sessions, events });
  }

  async write(text) {
    const { people = [], sessions = [], events = [] } = JSON.parse(text);
    const name = events[0]?.session;
    try {
      const transaction = await this.begin("readwrite", { durability: "strict" });
      const done = complete(transaction);
      const [knownPeople, knownSessions, knownEvents] = STORES.map((store) => transaction.objectStore(store));
      for (const person of people) {
        const there = knownPeople.get(person.pseudonym);
        there.onsuccess = () => there.result === undefined && knownPeople.put(person);
      }
      if (name !== undefined && !sessions.length) {
        const there = knownSessions.get(name);
        there.onsuccess = () => there.result === undefined && transaction.abort(); // it was erased
      }
      for (const session of sessions) knownSessions.add(session);
      for (const event of events) knownEvents.add(event);
      await done;
      return JSON.stringify({ outcome: "written" });
    } catch (error) {
      return JSON.stringify(await this.refusal(error, name));
    }
  }

  async erase(pseudonym) {
    try {
      const transaction = await this.begin("readwrite", { durability: "strict" });
      const done = complete(transaction);
      const [people, sessions, events] = STORES.map((name) => transaction.objectStore(name));
      people.delete(pseudonym);
      const walk = sessions.openCursor();
      walk.onsuccess = () => {
        const cursor = walk.result;
        if (!cursor) return;
        if (cursor.value.pseudonym === pseudonym) {
          events.delete(IDBKeyRange.bound([cursor.value.name, 0], [cursor.value.name, Infinity]));
          cursor.delete();
        }
        cursor.continue();
      };
      await done;
      return JSON.stringify({ outcome: "written" });
    } catch (error) {
      return JSON.stringify(await this.refusal(error));
    }
  }

  // Why a transaction was not written; after a conflict, with the session as it is now.
  async refusal(error, name) {
    const message = `${error?.name}: ${error?.message}`;
    if (error?.name === "QuotaExceededError") return { outcome: "full", message };
    if (["InvalidStateError", "VersionError"].includes(error?.name)) return { outcome: "gone", message };
    if (!["ConstraintError", "AbortError"].includes(error?.name) || name === undefined) return { outcome: "other", message };
    try {
      const transaction = await this.begin("readonly");
      const session = await request(transaction.objectStore("sessions").get(name));
      const range = IDBKeyRange.bound([name, 0], [name, Infinity]);
      const events = await request(transaction.objectStore("events").getAll(range));
      return { outcome: "conflict", message, session: session ?? null, events };
    } catch (again) {
      return { outcome: "gone", message: `${again?.name}: ${again?.message}` };
    }
  }
}
