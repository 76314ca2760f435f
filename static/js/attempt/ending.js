// While nothing can be written, what is left is sent. After the end the page then leaves for the result.
import { filled } from "../shared/words.js";

const LOOK = 500;
const SECOND = 1000;
const AGAIN = 30 * SECOND;

// What the end needs to know of a page: finish() saves what stands in its fields, left() counts what is not
// sent, isSafe() tells whether nothing would be lost with the page, isStuck() whether sending fails, late()
// counts the answers that arrived after the end, takeBack() sends again what was refused. unsaved() is what
// those who watch the exam are told.
export function deskOf(sender, page) {
  return {
    late: () => 0,
    ...page,
    left: () => sender.waiting.length || Number(sender.isSending),
    unsaved: () => sender.waiting.length + sender.aside.size,
    takeBack: () => sender.takeBack(),
    isStuck: () => sender.isFailing,
    isSafe: () => sender.journal.isLasting || !sender.aside.size,
  };
}

export class Ending {
  constructor(cover, address, desk) {
    this.cover = cover;
    this.words = cover.dialog.dataset;
    this.actions = cover.dialog.querySelector("[data-cover-actions]");
    this.link = cover.dialog.querySelector("[data-cover-go]");
    this.link.href = address;
    this.left = `casehall-left-${address}`;
    this.desk = desk;
  }

  // kind: paused, elsewhere (on another device), or one of the ends: over, submitted, voided
  begin(kind) {
    const isNew = this.cover.kind !== kind;
    this.cover.show(kind);
    if (!isNew) return;
    this.desk.finish();
    this.look();
  }

  // The attempt goes on: after a pause, with more time, on this device again.
  cancel() {
    clearTimeout(this.timer);
    if (this.cover.kind === "elsewhere") this.desk.takeBack();
    this.cover.hide();
  }

  look() {
    clearTimeout(this.timer);
    const number = this.desk.left();
    const isEnd = !["paused", "elsewhere"].includes(this.cover.kind);
    const isDone = isEnd && number === 0 && this.desk.isSafe();
    this.cover.say(this.state(number, isEnd));
    const isStuck = (number > 0 && this.desk.isStuck()) || (!isEnd && this.desk.unsaved() > number);
    const isElsewhere = this.cover.kind === "elsewhere";
    this.actions.hidden = !isDone && !isStuck && !isElsewhere;
    this.link.hidden = !isDone;
    this.actions.querySelector("[data-cover-again]").hidden = !isElsewhere;
    this.actions.querySelector("[data-copy-open]").hidden = !isStuck;
    this.timer = isDone ? setTimeout(() => this.leave(), this.wait()) : setTimeout(() => this.look(), LOOK);
  }

  state(number, isEnd) {
    const late = this.desk.late();
    if (number === 0 && late) return filled(this.words.late, { n: late });
    const aside = this.desk.unsaved() - number;
    if (number === 0 && !isEnd && aside > 0) return filled(this.words.aside, { n: aside });
    if (number === 0) return isEnd ? this.words.done : this.words.kept;
    return filled(this.desk.isStuck() ? this.words.stuck : this.words.sending, { n: number });
  }

  // A class does not leave in one moment. A server that is not yet done with the attempt sends the page
  // back: it asks again, ever less often.
  wait() {
    const times = this.timesLeft();
    return times === 0 ? (2 + 3 * Math.random()) * SECOND : times * AGAIN;
  }

  timesLeft() {
    try {
      return Number(sessionStorage.getItem(this.left) ?? 0);
    } catch {
      return 0;
    }
  }

  leave() {
    if (navigator.onLine === false || this.desk.left()) {
      this.look();
      return;
    }
    try {
      sessionStorage.setItem(this.left, this.timesLeft() + 1);
    } catch {
      // it asks a little more often
    }
    location.assign(this.link.href);
  }
}
