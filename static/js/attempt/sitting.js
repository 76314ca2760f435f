// How an attempt stands for this page: its time, a pause, a word from the staff, its end.
import { Cover } from "./cover.js";
import { Ending } from "./ending.js";
import { ServerClock } from "./server-clock.js";
import { Timer } from "./timer.js";
import { Watch } from "./watch.js";

export class Sitting {
  // panel: the way back in; desk: see deskOf
  constructor(form, panel, desk) {
    this.panel = panel;
    this.clock = new ServerClock(form.dataset.now);
    this.cover = new Cover(document.querySelector("[data-cover]"));
    this.ending = new Ending(this.cover, form.dataset.result, desk);
    this.watch = new Watch(form.dataset.state, {
      stands: (heard) => this.stands(heard),
      signedOut: () => panel.show(),
      unsaved: () => desk.unsaved(),
    });
    this.timer = new Timer(document.querySelector("[data-timer]"), this.clock, {
      over: () => this.over(),
      isShort: () => this.watch.ask(),
    });
    this.message = new Message(document.querySelector("[data-message]"), (text) => this.timer.say(text));
    this.timer.take(moment(form.dataset.deadline), false);
    this.watch.ask();
  }

  // What an answer to a save tells on the way.
  hear({ answer, sent, received }) {
    if (!answer.now) return;
    this.clock.hear(answer.now, sent, received);
    if (moment(answer.deadline) !== this.timer.deadline) this.watch.ask();
  }

  stands({ answer, sent, received }) {
    this.clock.hear(answer.now, sent, received);
    this.panel.hide();
    this.message.show(answer.message ?? "");
    const isPaused = answer.state === "open" && answer.paused === true;
    this.timer.take(moment(answer.deadline), isPaused);
    if (answer.state !== "open") this.end(answer.state);
    else if (answer.other_device) this.ending.begin("elsewhere");
    else if (isPaused) this.pause();
    else if (!this.timer.isOver) this.ending.cancel();
  }

  pause() {
    if (this.timer.deadline !== null) this.cover.tellTime(this.timer.time);
    this.ending.begin("paused");
  }

  over() {
    if (!["", "paused"].includes(this.cover.kind)) return;
    this.watch.ask();
    this.ending.begin("over");
  }

  end(state) {
    if (state === "voided") this.ending.begin("voided");
    else this.ending.begin(this.timer.isOver ? "over" : "submitted");
  }
}

function moment(text) {
  return text ? Date.parse(text) : null;
}

// A word from the staff, until it is read or taken back.
class Message {
  constructor(box, say) {
    this.box = box;
    this.say = say;
    this.shown = "";
    box.querySelector("[data-message-read]").addEventListener("click", () => {
      box.hidden = true;
    });
  }

  show(text) {
    if (text === this.shown) return;
    this.shown = text;
    this.box.querySelector("[data-message-text]").textContent = text;
    this.box.hidden = text === "";
    this.say(text);
  }
}
