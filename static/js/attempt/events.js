// Makes the events of one window: each has an id of its own and a number that grows.
export function newId() {
  // crypto.randomUUID is not there on plain http
  const digits = [...crypto.getRandomValues(new Uint8Array(16))];
  const hex = digits.map((digit) => digit.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// More than a window ever made without what it left behind knowing of them.
const GAP = 100000;
// how long a page that is reloaded may take to let go of its name, in milliseconds
const PATIENCE = 1000;

export class Events {
  constructor() {
    this.renew();
  }

  // Takes a name of its own.
  renew() {
    this.begin(newId(), 0);
    hold(this.client);
  }

  begin(client, number) {
    this.client = client;
    this.number = number;
    this.first = number;
    this.hasMade = false;
  }

  // Goes on with the name of a page that is gone, so that what is written now follows what that page wrote
  // instead of standing against it. A page that is still there keeps its name: two would answer in one name.
  // before: { client, n, isGone } that this window's page left, or null; left: events that have no answer yet.
  async follow(before, left) {
    if (this.hasMade) return;
    const last = left.at(-1);
    if (before && (await takeOver(before.client, PATIENCE, before.isGone))) this.goOn(before.client, before.n, left);
    else if (last && last.client !== before?.client && (await takeOver(last.client, 0, false))) {
      this.goOn(last.client, 0, left);
    }
  }

  // The number that was left may be old: the page may have lived on after it left it.
  goOn(client, number, left) {
    const numbers = left.filter((event) => event.client === client).map((event) => event.n);
    this.begin(client, Math.max(number, ...numbers) + GAP);
  }

  // Whether this very page made it.
  isOwn(event) {
    return event.client === this.client && event.n > this.first;
  }

  // The server knows a higher number of this name: go on beyond it.
  leap() {
    this.number += GAP;
  }

  make(kind, item, answer) {
    this.number += 1;
    this.hasMade = true;
    return {
      id: newId(),
      client: this.client,
      n: this.number,
      base: Number(item.dataset.knows ?? item.dataset.seq),
      kind,
      item: item.dataset.item,
      answer,
      at: Date.now(),
    };
  }
}

// The later of two events of one item.
export function isLater(one, other) {
  return one.client === other.client ? one.n > other.n : one.at >= other.at;
}

const lockOf = (client) => `casehall-window-${client}`;
const forever = () => new Promise(() => {});

// A page holds its name as long as it lives. On plain http there are no locks: who lives is known of those alone
// who said that they go.
function hold(client) {
  navigator.locks?.request(lockOf(client), forever);
}

// Whether a name is free, at once or after so many milliseconds; it is held from then on.
// isGone: its page said so.
function takeOver(client, patience, isGone) {
  if (!navigator.locks) return isGone;
  const giveUp = new AbortController();
  const timer = patience ? setTimeout(() => giveUp.abort(), patience) : null;
  const options = patience ? { signal: giveUp.signal } : { ifAvailable: true };
  return new Promise((resolve) => {
    const taken = navigator.locks.request(lockOf(client), options, (lock) => {
      clearTimeout(timer);
      resolve(lock !== null);
      return lock && forever();
    });
    taken.catch(() => resolve(false));
  });
}
