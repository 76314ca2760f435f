// Makes the events of one window: each has an id of its own and a number that grows.
export function newId() {
  // crypto.randomUUID is not there on plain http
  const digits = [...crypto.getRandomValues(new Uint8Array(16))];
  const hex = digits.map((digit) => digit.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// More than a window ever made without what it left behind knowing of them.
const GAP = 100000;

export class Events {
  // before: { client, n } of the page that this window showed before, or null
  constructor(before) {
    this.client = before?.client ?? newId();
    this.number = before?.n ?? 0;
    this.hasMade = false;
    hold(this.client);
    // whoever comes back to a page finds that another one has gone on with its name
    addEventListener("pageshow", (event) => event.persisted && this.begin(newId(), 0));
  }

  begin(client, number) {
    this.client = client;
    this.number = number;
    hold(client);
  }

  // Goes on with the name of a window that is gone, when that left events behind: so what is written now follows
  // them, instead of standing against them. A window that is still there keeps its name.
  async follow(left) {
    const last = left.at(-1);
    if (!last || last.client === this.client || !(await takeOver(last.client))) return;
    const numbers = left.filter((event) => event.client === last.client).map((event) => event.n);
    this.client = last.client;
    this.number = Math.max(...numbers) + GAP;
  }

  make(kind, item, answer) {
    this.number += 1;
    this.hasMade = true;
    return {
      id: newId(),
      client: this.client,
      n: this.number,
      base: Number(item.dataset.seq),
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

// A page holds its name as long as it lives. On plain http nobody can tell who lives.
function hold(client) {
  navigator.locks?.request(lockOf(client), forever);
}

function takeOver(client) {
  if (!navigator.locks) return false;
  return new Promise((resolve) => {
    navigator.locks.request(lockOf(client), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && forever();
    });
  });
}
