// What this device has not yet heard back of. It is written before anything is sent, and outlives the tab.
import { forgetJournal, nameOf, noteJournal } from "./journals.js";

const STORE = "events";
const PATIENCE = 4000;

// Some browsers never answer; then the page goes on without.
function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    const timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

// Keeps events in memory where the browser keeps nothing: a private window, a full disk.
class Memory {
  isLasting = false;

  async all() {
    return [];
  }

  async put() {}

  async remove() {}

  async destroy() {}
}

class Lasting {
  isLasting = true;

  constructor(name, database) {
    this.name = name;
    this.take(database);
  }

  // Another window may delete a journal that it found empty: this one makes it anew when it needs it, and
  // `lost` is called at once, for what was written in between.
  take(database) {
    this.database = database;
    const drop = () => {
      database.close();
      this.database = null;
      this.lost?.();
    };
    database.onversionchange = drop;
    database.onclose = drop;
  }

  async transaction(mode) {
    if (!this.database) {
      this.take(await opened(this.name));
      noteJournal(this.name);
    }
    return this.database.transaction(STORE, mode);
  }

  async all() {
    const request = (await this.transaction("readonly")).objectStore(STORE).getAll();
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result.map((row) => row.event));
      request.onerror = () => reject(request.error);
    });
  }

  async put(event) {
    const transaction = await this.transaction("readwrite");
    transaction.objectStore(STORE).add({ event });
    await done(transaction);
  }

  async remove(ids) {
    const transaction = await this.transaction("readwrite");
    const cursor = transaction.objectStore(STORE).openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      if (ids.has(cursor.result.value.event.id)) cursor.result.delete();
      cursor.result.continue();
    };
    await done(transaction);
  }

  // Only what is empty is destroyed.
  async destroy() {
    if ((await this.all()).length) return;
    this.lost = undefined;
    this.database?.close();
    this.database = null;
    indexedDB.deleteDatabase(this.name);
    forgetJournal(this.name);
  }
}

export async function openJournal(person, attempt) {
  return openNamed(nameOf(person, attempt));
}

export async function openNamed(name) {
  try {
    const journal = new Lasting(name, await opened(name));
    noteJournal(name);
    return journal;
  } catch {
    return new Memory();
  }
}
