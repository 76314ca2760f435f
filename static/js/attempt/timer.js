// Shows the time that is left, and says aloud when it gets short or is changed.
import { filled } from "../shared/words.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const LAST = 10 * MINUTE;
const STEPS = [LAST, 5 * MINUTE, MINUTE, 30 * SECOND];
const NOTE = 20 * SECOND;

export function hoursMinutesSeconds(left) {
  const seconds = Math.max(0, Math.ceil(left / SECOND));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

// The time left as it is written; a due date may be days away.
function written(left, words) {
  const days = Math.floor(left / DAY);
  const time = hoursMinutesSeconds(left - Math.max(0, days) * DAY);
  return days > 0 ? filled(words.days, { n: days, time }) : time;
}

export class Timer {
  // told: over(), isShort(): the end is a few seconds away, and may have been moved
  constructor(box, clock, told) {
    this.box = box;
    this.words = box.dataset;
    this.value = box.querySelector("[data-timer-value]");
    this.voice = document.querySelector("[data-announce]");
    this.note = document.querySelector("[data-timer-note]");
    this.clock = clock;
    this.told = told;
    // not everybody asks at the same moment
    this.short = (2 + 4 * Math.random()) * SECOND;
    this.deadline = null;
    this.isStopped = false;
  }

  get left() {
    return this.deadline === null ? Infinity : this.deadline - this.clock.now();
  }

  get isOver() {
    return this.left <= 0;
  }

  // deadline: milliseconds, null where there is none
  take(deadline, isPaused) {
    const by = this.deadline === null || deadline === null ? 0 : deadline - this.deadline;
    const goesOn = this.isStopped && !isPaused;
    this.deadline = deadline;
    this.isStopped = isPaused;
    this.box.hidden = deadline === null;
    if (goesOn) this.announce(filled(this.words.goesOn, { time: this.time }));
    else if (by && !isPaused) this.tellMoved(by);
    // what was passed before the end was moved is no news
    if (by || goesOn) this.before = undefined;
    this.tick();
  }

  get time() {
    return written(this.left, this.words);
  }

  tellMoved(by) {
    const minutes = Math.round(by / MINUTE);
    const more = minutes === 1 ? this.words.moreOne : filled(this.words.more, { n: minutes });
    this.announce(minutes >= 1 ? more : filled(this.words.moved, { time: this.time }));
  }

  tick() {
    clearTimeout(this.timer);
    if (this.isStopped || this.deadline === null) return;
    const { left } = this;
    this.show(left);
    this.warn(left);
    this.before = left;
    if (left > 0) this.timer = setTimeout(() => this.tick(), Math.min(left % SECOND || SECOND, left));
    else this.told.over();
  }

  show(left) {
    this.box.querySelector(".timer-label").textContent = this.words.label;
    const time = written(left, this.words);
    if (this.value.textContent !== time) this.value.textContent = time;
    this.box.classList.toggle("is-last", left <= LAST);
    this.box.classList.toggle("is-ending", left <= MINUTE);
  }

  warn(left) {
    const passed = STEPS.filter((step) => this.before > step && left <= step && left > 0).pop();
    if (passed) this.say(this.remaining(left));
    if (left <= this.short && this.before > this.short) this.told.isShort();
  }

  remaining(left) {
    const [minutes, seconds] = [Math.ceil(left / MINUTE), Math.ceil(left / SECOND)];
    if (seconds < 60) return filled(this.words.seconds, { n: seconds });
    return minutes === 1 ? this.words.minute : filled(this.words.minutes, { n: minutes });
  }

  say(text) {
    this.voice.textContent = text;
  }

  // Said aloud, and shown for a while.
  announce(text) {
    this.say(text);
    this.note.textContent = text;
    this.note.hidden = false;
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => {
      this.note.hidden = true;
    }, NOTE);
  }
}
