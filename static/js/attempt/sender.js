// Sends what the journal holds, in order, one request at a time, until each event is acknowledged.
import { ask } from "../shared/ask.js";
import { inTurn } from "./turns.js";

const LEAST = 1000;
const MOST = 30000;
const MOST_EVENTS = 50;
const MOST_BYTES = 200000;
const KEEPALIVE_BYTES = 60000;
// a journal that never answers holds up nothing
const JOURNAL_PATIENCE = 3000;
// the words of answers that are refused for these reasons may still be needed
const KEPT = new Set(["attempt_closed", "other_device"]);

export class Sender {
  // told: acks(acks, heard), state(), signedOut(), refused(event, message)
  constructor(address, journal, told) {
    this.address = address;
    this.journal = journal;
    this.told = told;
    this.waiting = [];
    this.wait = LEAST;
    this.isSending = false;
    this.isHeld = false;
    this.hasFailed = false;
    this.isFailing = false;
    // when something last got through, or began to wait
    this.since = 0;
    // what the server would not take as it is, by item: the words stay on the device
    this.aside = new Map();
    journal.lost = () => this.waiting.forEach((event) => this.keep(event));
    addEventListener("online", () => this.go());
    addEventListener("focus", () => this.go());
  }

  async add(event) {
    if (!this.waiting.length) this.since = performance.now();
    this.waiting.push(event);
    await this.keep(event);
    if (this.hasFailed) this.told.state();
    else this.go();
  }

  async keep(event) {
    const late = new Promise((_resolve, reject) => setTimeout(reject, JOURNAL_PATIENCE));
    try {
      await Promise.race([this.journal.put(event), late]);
    } catch {
      this.journal.isLasting = false;
    }
  }

  // Takes up what an earlier page left behind.
  adopt(events) {
    this.since = performance.now();
    this.waiting.unshift(...events);
    this.go();
  }

  hold() {
    this.isHeld = true;
    this.isFailing = true;
    this.told.state();
  }

  release() {
    this.isHeld = false;
    this.go();
  }

  go() {
    clearTimeout(this.timer);
    if (!this.isSending && !this.isHeld && this.waiting.length) this.send();
    this.told.state();
  }

  get isIdle() {
    return !this.waiting.length && !this.isSending;
  }

  // How long events have been waiting in vain, in milliseconds.
  get stuckFor() {
    return this.isFailing && this.waiting.length ? performance.now() - this.since : 0;
  }

  // Every event that is on this device only, as it would be sent.
  async unsent() {
    const kept = await this.journal.all().catch(() => []);
    const held = [...this.waiting, ...[...this.aside.values()].flat()];
    return [...new Map([...kept, ...held].map((event) => [event.id, event])).values()];
  }

  batch(most) {
    const batch = [];
    let size = 0;
    for (const event of this.waiting.slice(0, MOST_EVENTS)) {
      size += new Blob([JSON.stringify(event)]).size;
      if (batch.length && size > most) break;
      batch.push(event);
    }
    return batch;
  }

  request(batch) {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token };
    return { method: "POST", headers, body: JSON.stringify({ events: batch }) };
  }

  async send() {
    this.isSending = true;
    this.told.state();
    const batch = this.batch(MOST_BYTES);
    try {
      const heard = await inTurn(`casehall-turn-${this.address}`, () => ask(this.address, this.request(batch)));
      // without an answer the same events go out again, and are known by their ids
      if (heard) await this.read(heard, batch);
      else this.later();
    } finally {
      // whatever the page makes of an answer, the next one is sent
      this.isSending = false;
    }
    if (this.waiting.length && !this.hasFailed) this.go();
    this.told.state();
  }

  async read(heard, batch) {
    const { status, answer } = heard;
    if (answer.acks) {
      await this.settle(heard);
    } else if (status === 401) {
      this.hold();
      this.told.signedOut();
    } else if (status === 403 && answer.error === "csrf") {
      await this.renewToken();
    } else if (status >= 500 || status === 429) {
      this.later();
    } else {
      this.setAside(batch, answer.message);
    }
  }

  async settle(heard) {
    const { acks } = heard.answer;
    this.hasFailed = false;
    this.isFailing = false;
    this.since = performance.now();
    this.wait = LEAST;
    const known = new Map(this.waiting.map((event) => [event.id, event]));
    const told = new Set(acks.map((ack) => ack.id));
    this.waiting = this.waiting.filter((event) => !told.has(event.id));
    // they go to the staff, or out again when this device has its turn
    const isKept = (ack) => KEPT.has(ack.code) && known.get(ack.id)?.kind === "answer";
    const kept = new Set(acks.filter(isKept).map((ack) => ack.id));
    for (const id of kept) this.layAside(known.get(id));
    await this.forget(new Set([...told].filter((id) => !kept.has(id))));
    this.told.acks(acks.map((ack) => ({ ack, event: known.get(ack.id) })), heard);
  }

  // A batch that the server does not take must not hold up the others. Its words stay in the journal, for
  // the next time that the page is opened.
  setAside(batch, message) {
    this.waiting = this.waiting.filter((event) => !batch.includes(event));
    for (const event of batch) {
      this.layAside(event);
      this.told.refused(event, message);
    }
  }

  layAside(event) {
    this.aside.set(event.item, [...(this.aside.get(event.item) ?? []), event]);
  }

  // What was refused may be taken now.
  takeBack() {
    this.waiting.unshift(...[...this.aside.values()].flat());
    this.aside.clear();
    this.go();
  }

  // A later answer of the item counts: what was set aside of it is not needed any more.
  letGo(item) {
    const events = this.aside.get(item);
    this.aside.delete(item);
    if (events) this.forget(new Set(events.map((event) => event.id)));
  }

  async forget(ids) {
    try {
      await this.journal.remove(ids);
    } catch {
      // what stays behind is sent again and known by its id
    }
  }

  async renewToken() {
    const heard = await ask("/csrf", { headers: { Accept: "application/json" } });
    if (heard?.answer.csrf) takeToken(heard.answer.csrf);
    this.later();
  }

  later() {
    this.hasFailed = true;
    this.isFailing = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.hasFailed = false;
      this.go();
    }, this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, MOST);
  }

  // The page goes away: the browser may finish this request without it.
  sendLast() {
    if (!this.waiting.length || this.isHeld) return;
    const batch = this.batch(KEEPALIVE_BYTES);
    const request = this.request(batch);
    if (request.body.length <= KEEPALIVE_BYTES) fetch(this.address, { ...request, keepalive: true }).catch(() => {});
  }
}

export function takeToken(token) {
  document.querySelector('meta[name="csrf-token"]').content = token;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
}
