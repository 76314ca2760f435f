// The numbers of the questions with what is known of each; on a phone they open over the page.
import { isBlank } from "./answers.js";

const LOOKS = ["local", "conflict"];

export class Navigator {
  constructor() {
    this.box = document.querySelector("[data-navigator]");
    this.words = this.box.dataset;
    this.links = new Map();
    for (const link of this.box.querySelectorAll(".item-jump a")) {
      this.links.set(decodeURIComponent(link.hash).replace("#item-", ""), link);
    }
    this.openOnPhones();
  }

  count(key, answer) {
    this.set(key, "is-answered", !isBlank(answer));
    const number = this.box.querySelectorAll(".item-jump .is-answered").length;
    const bar = this.box.querySelector("progress");
    bar.value = number;
    this.box.querySelector(".bar .num").textContent = `${number} / ${bar.max}`;
    this.button.querySelector("[data-answered-of]").textContent = `${number} / ${bar.max}`;
  }

  flag(key, isFlagged) {
    this.set(key, "is-flagged", isFlagged);
  }

  // look: local (not saved), conflict, or "" where all is well
  look(key, look) {
    for (const one of LOOKS) this.set(key, `is-${one}`, one === look);
  }

  set(key, name, isSo) {
    const link = this.links.get(key);
    if (!link || link.classList.contains(name) === isSo) return;
    link.classList.toggle(name, isSo);
    link.querySelector(".visually-hidden").textContent = this.describe(link.classList);
  }

  describe(looks) {
    const said = [looks.contains("is-answered") ? this.words.answered : this.words.unanswered];
    for (const name of ["flagged", ...LOOKS]) if (looks.contains(`is-${name}`)) said.push(this.words[name]);
    return said.join("");
  }

  openOnPhones() {
    const dialog = document.querySelector("[data-navigator-dialog]");
    const panel = document.querySelector("[data-navigator-panel]");
    this.button = document.querySelector("[data-navigator-open]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => {
      dialog.querySelector("[data-navigator-place]").append(this.box);
      dialog.showModal();
    });
    dialog.addEventListener("close", () => panel.append(this.box));
    dialog.addEventListener("click", (event) => {
      const isOutside = event.target === dialog;
      if (isOutside || event.target.closest("a, [data-navigator-close]")) dialog.close();
    });
  }
}
