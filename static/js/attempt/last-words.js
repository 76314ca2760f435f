// What was written in the last moments before a page goes. The page that follows may have been made by the server
// before it had these answers, and the journal may be too slow to keep them: they are left here in one breath.
const RECENT = 15000;
const PREFIX = "casehall-last-";
const WINDOW = "casehall-window";

export class LastWords {
  constructor(person, attempt) {
    this.name = `${PREFIX}${person}-${attempt}`;
    // by the event's id: the event, when it was made, its seq once it is acknowledged as saved
    this.recent = new Map();
  }

  remember(event) {
    this.recent.set(event.id, { event, at: performance.now(), seq: null });
  }

  // What does not count is not to be shown again.
  acknowledged(id, ack) {
    const one = this.recent.get(id);
    if (!one) return;
    if (["saved", "noted"].includes(ack.status)) one.seq = ack.seq;
    else this.recent.delete(id);
  }

  // events: those of this window, so that its next page can go on with their name and number.
  // isGone: the page is left for certain; if it comes back from memory, it takes another name.
  leave(waiting, events, isGone) {
    const now = performance.now();
    const left = new Map(waiting.map((event) => [event.id, { event, seq: null }]));
    for (const { event, at, seq } of this.recent.values()) if (now - at < RECENT) left.set(event.id, { event, seq });
    const { client, number } = events;
    try {
      if (!left.size) {
        this.forget(client);
        return;
      }
      sessionStorage.setItem(WINDOW, client);
      localStorage.setItem(this.name, JSON.stringify({ client, n: number, isGone, events: [...left.values()] }));
    } catch {
      // the browser keeps nothing, or not so much; the journal has what it could keep
    }
  }

  // What this window left when it did not go after all is over.
  forget(client) {
    if (JSON.parse(localStorage.getItem(this.name))?.client === client) localStorage.removeItem(this.name);
  }

  // What has no answer yet, and stays where it is.
  unheard() {
    try {
      return unheard(JSON.parse(localStorage.getItem(this.name)));
    } catch {
      return [];
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      // there is nothing
    }
  }

  // What the page before left, once. `events`: pairs of an event and its seq, null while it was not acknowledged.
  // `before`: the name and the last number of that page if this very window showed it, and whether it is gone for
  // certain; a window that was doubled finds that the other one has taken them.
  take() {
    try {
      const left = JSON.parse(localStorage.getItem(this.name));
      this.drop();
      const isSame = left.client === sessionStorage.getItem(WINDOW);
      const { client, n, isGone, events } = left;
      return { events, before: isSame ? { client, n, isGone } : null };
    } catch {
      return { events: [], before: null };
    }
  }
}

function unheard(left) {
  return (left?.events ?? []).filter(({ seq }) => !seq).map(({ event }) => event);
}

// Takes from this device what the server has. Returns how many attempts have words left that it may not have.
export function tidyLastWords() {
  let number = 0;
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      if (unheard(JSON.parse(localStorage.getItem(name))).length) number += 1;
      else localStorage.removeItem(name);
    }
  } catch {
    // the browser keeps nothing
  }
  return number;
}
