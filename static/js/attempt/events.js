// Makes the events of one window: each has an id of its own and a number that grows.
export function newId() {
  // crypto.randomUUID is not there on plain http
  const digits = [...crypto.getRandomValues(new Uint8Array(16))];
  const hex = digits.map((digit) => digit.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Events {
  constructor() {
    this.client = newId();
    this.number = 0;
  }

  make(kind, item, answer) {
    this.number += 1;
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
