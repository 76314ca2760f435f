// Shows one question at a time, with its group's title and stem, or all of them; the learner's choice is
// kept on this device. Paper shows all.
import { filled } from "../shared/words.js";

const CHOICE = "casehall-one";
const TYPED = "input, textarea, select, summary, dialog, [contenteditable], [tabindex='0']";

function chosen() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

function choose(value) {
  try {
    localStorage.setItem(CHOICE, value);
  } catch {
    // the browser keeps nothing
  }
}

export class OneAtATime {
  constructor(form) {
    this.form = form;
    this.items = [...form.querySelectorAll("[data-item]")].filter((item) => item.querySelector(".item-number"));
    if (this.items.length < 2) return;
    this.toggle = form.querySelector("[data-one-toggle]");
    this.bar = form.querySelector("[data-one-bar]");
    this.previous = this.bar.querySelector("[data-previous]");
    this.next = this.bar.querySelector("[data-next]");
    this.listen();
    this.at = Math.max(0, this.items.indexOf(this.named(location.hash)));
    form.querySelector("[data-one-switch]").hidden = false;
    this.turn((chosen() ?? ("one" in form.dataset ? "yes" : "no")) === "yes");
  }

  listen() {
    this.toggle.addEventListener("click", () => {
      choose(this.isOne ? "no" : "yes");
      if (!this.isOne) this.at = this.inSight();
      this.turn(!this.isOne);
      this.bringIntoSight();
    });
    this.previous.addEventListener("click", () => this.go(this.at - 1));
    this.next.addEventListener("click", () => this.go(this.at + 1));
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#item-"]');
      if (!link || !this.isOne) return;
      event.preventDefault();
      this.go(this.items.indexOf(this.named(link.hash)));
    });
    addEventListener("hashchange", () => this.isOne && this.go(this.items.indexOf(this.named(location.hash))));
    document.addEventListener("keydown", (event) => this.press(event));
  }

  named(hash) {
    return hash.startsWith("#item-") ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  }

  // The question that is read when all are shown.
  inSight() {
    const seen = this.items.findIndex((item) => item.getBoundingClientRect().bottom > innerHeight / 3);
    return seen < 0 ? this.items.length - 1 : seen;
  }

  turn(isOne) {
    this.isOne = isOne;
    this.form.classList.toggle("is-one", isOne);
    this.toggle.textContent = isOne ? this.toggle.dataset.all : this.toggle.dataset.one;
    this.bar.hidden = !isOne;
    this.show();
  }

  show() {
    const item = this.items[this.at];
    for (const one of this.form.querySelectorAll(".paper-group, [data-item]")) {
      one.classList.toggle("is-shown", one === item || one.contains(item));
    }
    this.previous.disabled = this.at === 0;
    this.next.disabled = this.at === this.items.length - 1;
    const place = { number: this.at + 1, count: this.items.length };
    this.bar.querySelector("[data-one-place]").textContent = filled(this.bar.dataset.place, place);
    for (const link of document.querySelectorAll("[data-navigator] .item-jump a")) {
      if (this.isOne && this.named(link.hash) === item) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  go(at) {
    if (at < 0 || at >= this.items.length) return;
    const isSameGroup = this.group(at) === this.group(this.at);
    this.at = at;
    this.show();
    history.replaceState(history.state, "", `#${this.items[at].id}`);
    const heading = this.items[at].querySelector(".item-number");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    this.bringIntoSight(isSameGroup);
  }

  group(at) {
    return this.items[at].closest(".paper-group");
  }

  // A group that begins is shown from its title on.
  bringIntoSight(isSameGroup = true) {
    const place = this.isOne && !isSameGroup ? this.group(this.at) : this.items[this.at];
    place.scrollIntoView({ block: "start" });
  }

  press(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!step || !isPlain || !this.isOne || event.defaultPrevented || event.target.closest(TYPED)) return;
    if (document.querySelector("dialog[open]")) return;
    this.go(this.at + step);
  }
}
