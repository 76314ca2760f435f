// Saves a paper while it is written: into this device's journal first, then to the server.
import { paintAnswer, readAnswer, written } from "./answers.js";
import { Earlier } from "./earlier.js";
import { Events } from "./events.js";
import { Flags } from "./flags.js";
import { LastWords } from "./last-words.js";
import { Marks } from "./marks.js";
import { Navigator } from "./navigator.js";
import { Outcomes } from "./outcomes.js";
import { filled } from "../shared/words.js";
import { Sender } from "./sender.js";

const AFTER_TYPING = 1500;
const WHILE_TYPING = 10000;
const TYPED = new Set(["numeric", "constructed", "blanks"]);

export class Paper {
  // told: heard(heard), signedOut(), closed(), state()
  constructor(form, journal, told) {
    this.form = form;
    this.words = form.dataset;
    this.journal = journal;
    this.told = told;
    this.lastWords = new LastWords(form.dataset.person, form.dataset.attempt);
    this.earlier = new Earlier(this);
    this.events = new Events();
    this.flagged = new Set();
    this.timers = new Map();
    this.due = new Map();
    this.navigator = new Navigator();
    this.marks = new Marks(form, document.querySelector("[data-save-state]"), this.navigator);
    this.flags = new Flags(form, this.navigator, (item, isFlagged) => {
      this.flagged.add(item.dataset.item);
      const event = this.events.make("flag", item, isFlagged);
      this.lastWords.remember(event);
      this.sender.add(event);
    });
    this.known = new Map();
    // what the server knows, not what stands in the fields: somebody may have been quicker than this script
    this.given = new Map([...this.items.keys()].map((key) => [key, written(this.shown(key))]));
    for (const [key, answer] of this.given) this.known.set(key, answer);
    this.outcomes = new Outcomes(this);
    this.sender = new Sender(form.dataset.events, journal, {
      acks: (acks, heard) => this.heard(acks, heard),
      state: () => this.tell(),
      signedOut: () => told.signedOut(),
      refused: (event, message) => event.kind === "answer" && this.outcomes.unable(event.item, message),
    });
    this.listen();
  }

  get items() {
    return new Map([...this.form.querySelectorAll("[data-item]")].map((item) => [item.dataset.item, item]));
  }

  shown(key) {
    return JSON.parse(this.form.elements[`shown-${key}`]?.value ?? "null");
  }

  async start() {
    await this.earlier.takeUp();
    this.saveAll();
  }

  // Puts an answer into the fields. What they could not take is no change of the learner's, and is not saved as one.
  show(item, answer) {
    paintAnswer(item, answer);
    this.known.set(item.dataset.item, written(readAnswer(item)));
  }

  listen() {
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("change", (event) => this.changed(event.target, true));
    this.form.addEventListener("focusout", (event) => this.changed(event.target, true));
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("beforeunload", (event) => {
      this.saveAll();
      this.lastWords.leave(this.sender.waiting, this.events, false);
      // what is in the journal is sent when the page is opened again; what is in memory would be lost
      if (this.journal.isLasting || !this.sender.waiting.length) return;
      event.preventDefault();
      event.returnValue = "";
    });
    addEventListener("pageshow", (event) => event.persisted && this.earlier.comeBack());
    // a phone tells only that the page is out of sight, and may never come back to it
    document.addEventListener("visibilitychange", () => this.saveAll());
    addEventListener("pagehide", () => {
      this.saveAll();
      this.lastWords.leave(this.sender.waiting, this.events, true);
      this.sender.sendLast();
    });
  }

  changed(target, isDone = false) {
    const item = target.closest("[data-item]");
    if (!item || readAnswer(item) === undefined) return;
    const key = item.dataset.item;
    if (!this.differs(item)) {
      if (this.timers.has(key)) this.save(item);
      return;
    }
    if (isDone || !TYPED.has(item.dataset.type)) {
      this.save(item);
      return;
    }
    clearTimeout(this.timers.get(key));
    const due = this.due.get(key) ?? Date.now() + WHILE_TYPING;
    this.due.set(key, due);
    this.timers.set(key, setTimeout(() => this.save(item), Math.min(AFTER_TYPING, Math.max(0, due - Date.now()))));
    this.marks.saving(key);
    this.tell();
  }

  differs(item) {
    const answer = readAnswer(item);
    return answer !== undefined && written(answer) !== this.known.get(item.dataset.item);
  }

  save(item) {
    const key = item.dataset.item;
    clearTimeout(this.timers.get(key));
    const wasTyping = this.timers.delete(key);
    this.due.delete(key);
    if (!this.differs(item)) {
      if (wasTyping && !this.isPending(key)) this.marks.asBefore(key);
      this.tell();
      return;
    }
    const answer = readAnswer(item);
    this.known.set(key, written(answer));
    this.marks.saving(key);
    const event = this.events.make("answer", item, answer);
    this.lastWords.remember(event);
    this.sender.add(event);
    this.tell();
  }

  // Says once more what counts already.
  confirm(item, answer) {
    this.marks.saving(item.dataset.item);
    this.sender.add(this.events.make("answer", item, answer));
    this.tell();
  }

  saveAll() {
    for (const item of this.items.values()) if (this.differs(item)) this.save(item);
  }

  isPending(key) {
    return this.timers.has(key) || this.answersWaiting.some((event) => event.item === key);
  }

  get answersWaiting() {
    return this.sender.waiting.filter((event) => event.kind === "answer");
  }

  heard(acks, heard) {
    for (const { ack } of acks) this.lastWords.acknowledged(ack.id, ack);
    this.outcomes.acknowledge(acks, heard.answer);
    this.told.heard(heard);
    if (acks.some(({ ack }) => ["attempt_closed", "other_device"].includes(ack.code))) this.told.closed();
  }

  tell() {
    // a flag is saved like an answer, and is no answer
    const number = new Set(this.answersWaiting.map((event) => event.item)).size;
    const open = this.outcomes.open.size;
    if (number && (this.sender.isHeld || this.sender.hasFailed)) this.sayLocal(number);
    else if (number || this.timers.size) this.marks.say("saving", this.words.saving);
    else if (open) this.marks.say("unable", filled(this.words.notAll, { n: open }));
    else if (this.events.number || this.earlier.hasLeft) this.marks.say("saved", this.words.allSaved);
    else this.marks.say("", this.words.ready);
    this.told.state();
  }

  sayLocal(number) {
    const words = this.journal.isLasting ? this.words.localAll : this.words.unsure;
    this.marks.say("local", filled(words, { n: number }));
    for (const event of this.answersWaiting) this.marks.local(event.item);
  }

  // What stands in the fields is saved, and everything sent that can be.
  finish() {
    this.saveAll();
    this.sender.go();
  }

  // A button that goes on: what was written is saved first.
  submit(event) {
    const button = event.submitter;
    this.saveAll();
    if (this.sender.isIdle && button?.name !== "save") return;
    event.preventDefault();
    if (button?.name === "save") return;
    this.whenDrained(() => this.form.requestSubmit(button));
  }

  // The last button pressed is the one that goes on.
  whenDrained(act) {
    const wait = () => {
      if (this.sender.isIdle) act();
      else this.drain = setTimeout(wait, 100);
    };
    clearTimeout(this.drain);
    this.sender.go();
    wait();
  }
}
