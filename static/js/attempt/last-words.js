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
    // the name under which it left words while it may still stay
    this.leftAs = null;
    // what it took from the slot, while that is kept nowhere else
    this.taken = null;
  }

  remember(event) {
    this.recent.set(event.id, { event, at: performance.now(), seq: null });
    this.stay();
  }

  // What does not count is not to be shown again.
  acknowledged(id, ack) {
    this.stay();
    if (this.taken) this.release(id);
    const one = this.recent.get(id);
    if (!one) return;
    if (["saved", "noted"].includes(ack.status)) one.seq = ack.seq;
    else this.recent.delete(id);
  }

  // The page did not go after all: what it left then is old.
  stay() {
    if (this.leftAs) this.forget(this.leftAs);
    this.leftAs = null;
  }

  // events: those of this window, so that its next page can go on with their name and number.
  // isGone: the page is left for certain; if it comes back from memory, it takes another name.
  leave(waiting, events, isGone) {
    const now = performance.now();
    const left = new Map(waiting.map((event) => [event.id, { event, seq: null }]));
    for (const { event, at, seq } of this.recent.values()) if (now - at < RECENT) left.set(event.id, { event, seq });
    const { client, number } = events;
    if (!left.size) {
      this.forget(client);
      return;
    }
    for (const one of this.others(client)) if (!left.has(one.event.id)) left.set(one.event.id, one);
    this.leftAs = client;
    this.write({ client, n: number, isGone, events: [...left.values()] });
    try {
      sessionStorage.setItem(WINDOW, client);
    } catch {
      // the browser keeps nothing
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }

  write(left) {
    try {
      if (left.events.length) localStorage.setItem(this.name, JSON.stringify(left));
      else localStorage.removeItem(this.name);
    } catch {
      // the browser keeps nothing, or not so much; the journal has what it could keep
    }
  }

  // What other windows of the attempt left, and nobody has heard of.
  others(client) {
    const left = this.read();
    return (left?.events ?? []).filter(({ event, seq }) => !seq && event.client !== client);
  }

  // What this window left when it did not go after all is over.
  forget(client) {
    if (this.read()?.client === client) this.write({ client: null, n: 0, events: this.others(client) });
  }

  // What has no answer yet, and stays where it is.
  unheard() {
    return unheard(this.read());
  }

  drop() {
    this.write({ events: [] });
  }

  // What the page before left: its name is given away once, its words stay until they are kept elsewhere (`kept`).
  // `events`: pairs of an event and its seq, null while it was not acknowledged.
  // `before`: the name and the last number of that page if this very window showed it, and whether it is gone for
  // certain; a window that was doubled finds that the other one has taken them.
  take() {
    const left = this.read();
    if (!left) return { events: [], before: null };
    const { client, n, isGone, events } = left;
    this.taken = { client: null, n: 0, events: events.filter(({ seq }) => !seq) };
    this.write(this.taken);
    return { events, before: client && client === ownWindow() ? { client, n, isGone } : null };
  }

  // What was taken is kept elsewhere now, or stays until it is answered; what another window left meanwhile stays.
  kept(isKept) {
    if (!isKept || !this.taken) return;
    if (JSON.stringify(this.read()) === JSON.stringify(this.taken)) this.drop();
    this.taken = null;
  }

  release(id) {
    const left = this.read();
    if (left) this.write({ ...left, events: left.events.filter(({ event }) => event.id !== id) });
  }
}

function ownWindow() {
  try {
    return sessionStorage.getItem(WINDOW);
  } catch {
    return null;
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
