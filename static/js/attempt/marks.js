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

  saved(key, at) {
    this.mark(key, "saved", filled(this.words.saved, { time: clockTime(at) }));
  }

  saving(key) {
    this.mark(key, "saving", this.words.saving);
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
