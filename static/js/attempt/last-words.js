// What was written in the last moments before a page goes. The page that follows may have been made by the server
// before it had these answers, and the journal may be too slow to keep them: they are left here in one breath.
const RECENT = 15000;
const PREFIX = "casehall-last-";

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
    if (ack.status === "saved") one.seq = ack.seq;
    else this.recent.delete(id);
  }

  leave(waiting) {
    const now = performance.now();
    const left = new Map(waiting.map((event) => [event.id, { event, seq: null }]));
    for (const { event, at, seq } of this.recent.values()) if (now - at < RECENT) left.set(event.id, { event, seq });
    try {
      if (left.size) localStorage.setItem(this.name, JSON.stringify([...left.values()]));
    } catch {
      // the browser keeps nothing, or not so much; the journal has what it could keep
    }
  }

  // What the page before left, once: pairs of an event and its seq, null while it was not acknowledged.
  take() {
    try {
      const left = JSON.parse(localStorage.getItem(this.name));
      localStorage.removeItem(this.name);
      return Array.isArray(left) ? left : [];
    } catch {
      return [];
    }
  }
}
