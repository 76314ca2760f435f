// Says honestly where each answer is: saved, on its way, on this device only, or not to be saved.
import { clockTime } from "../shared/clock.js";
import { filled } from "../shared/words.js";

const LOOKS = ["saved", "saving", "local", "unable"];

export class Marks {
  // The navigator shows with each number what is not saved.
  constructor(form, bar, navigator) {
    this.words = form.dataset;
    this.bar = bar;
    this.navigator = navigator;
    this.items = new Map();
    // what stood there before something was typed that is not sent yet
    this.before = new Map();
    for (const item of form.querySelectorAll("[data-item]")) {
      const mark = document.createElement("span");
      mark.className = "save-mark";
      item.querySelector(".item-head").append(mark);
      this.items.set(item.dataset.item, mark);
    }
  }

  // look is one of LOOKS, or "" for an item that was not touched here.
  mark(key, look, text = "") {
    const mark = this.items.get(key);
    if (!mark) return;
    mark.className = look ? `save-mark is-${look}` : "save-mark";
    mark.textContent = text;
    this.navigator.look(key, ["local", "unable"].includes(look) ? "local" : "");
  }

  // isOvertaken: something newer of the item is on its way, or being typed.
  saved(key, at, isOvertaken = false) {
    const text = filled(this.words.saved, { time: clockTime(at) });
    if (isOvertaken) this.before.set(key, ["saved", text]);
    else this.mark(key, "saved", text);
  }

  saving(key) {
    const mark = this.items.get(key);
    const look = LOOKS.find((one) => mark?.classList.contains(`is-${one}`)) ?? "";
    if (look !== "saving") this.before.set(key, [look, mark?.textContent ?? ""]);
    this.mark(key, "saving", this.words.saving);
  }

  // What was typed was taken out again before it was sent.
  asBefore(key) {
    this.mark(key, ...(this.before.get(key) ?? [""]));
  }

  local(key) {
    this.mark(key, "local", this.words.local);
  }

  unable(key, message) {
    this.mark(key, "unable", message || this.words.unable);
  }

  conflict(key) {
    this.mark(key, "unable", this.words.unsettled);
    this.navigator.look(key, "conflict");
  }

  // The one line that is read aloud; what it says is said once.
  say(look, text) {
    if (this.bar.textContent === text) return;
    for (const one of LOOKS) this.bar.classList.toggle(`is-${one}`, one === look);
    this.bar.textContent = text;
  }
}
