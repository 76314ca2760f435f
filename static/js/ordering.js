// Lets steps be put in order by arrows, by keyboard, by mouse and by finger. Without it each step has a
// number to choose; those numbers stay what is sent.
import { smallButton } from "./shared/small-button.js";
import { filled } from "./shared/words.js";

function textOf(step) {
  return step.querySelector(".step-text").textContent.trim();
}

class Ordering {
  constructor(list) {
    this.list = list;
    this.words = list.dataset;
    this.isGiven = this.steps.every((step) => this.rank(step).value !== "");
    this.arrange();
    for (const step of this.steps) this.equip(step);
    this.addNotes();
    this.show();
    this.list.addEventListener("painted", () => this.repaint());
  }

  // The places were put in from elsewhere: the steps follow them.
  repaint() {
    this.isGiven = this.steps.every((step) => this.rank(step).value !== "");
    this.arrange();
    this.show();
  }

  get steps() {
    return [...this.list.children];
  }

  rank(step) {
    return step.querySelector("select");
  }

  // An order that was given is shown as it was given.
  arrange() {
    if (!this.isGiven) return;
    const sorted = this.steps.sort((a, b) => this.rank(a).value - this.rank(b).value);
    this.list.append(...sorted);
  }

  equip(step) {
    step.querySelector(".step-rank").hidden = true;
    const arrows = document.createElement("div");
    arrows.className = "step-arrows";
    arrows.append(this.arrow(step, "up", -1), this.arrow(step, "down", 1));
    const handle = document.createElement("span");
    handle.className = "step-handle";
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (event) => this.grasp(event, step));
    step.prepend(handle);
    step.append(arrows);
  }

  arrow(step, name, direction) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `step-arrow step-${name}`;
    button.textContent = direction < 0 ? "↑" : "↓";
    button.setAttribute("aria-label", filled(this.words[name], { step: textOf(step) }));
    button.addEventListener("click", () => this.move(step, direction));
    return button;
  }

  // The neighbour moves, so that the step keeps focus and the pointer.
  move(step, direction) {
    const other = direction < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (!other) return;
    if (direction < 0) step.after(other);
    else step.before(other);
    this.give();
    this.tell(step);
  }

  tell(step) {
    const values = { step: textOf(step), place: this.steps.indexOf(step) + 1, count: this.steps.length };
    this.state.textContent = filled(this.words.moved, values);
  }

  grasp(event, step) {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const drag = (moved) => this.drag(step, moved.clientY);
    handle.setPointerCapture(event.pointerId);
    step.classList.add("is-dragged");
    handle.addEventListener("pointermove", drag);
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", drag);
      step.classList.remove("is-dragged");
      this.give();
      this.tell(step);
    }, { once: true });
  }

  drag(step, y) {
    const middle = (other) => {
      const box = other.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    while (step.previousElementSibling && y < middle(step.previousElementSibling)) {
      step.after(step.previousElementSibling);
    }
    while (step.nextElementSibling && y > middle(step.nextElementSibling)) {
      step.before(step.nextElementSibling);
    }
  }

  addNotes() {
    const how = document.getElementById(this.list.getAttribute("aria-describedby"));
    if (how) how.textContent = this.words.how;
    this.state = document.createElement("p");
    this.state.className = "field-note";
    this.state.setAttribute("role", "status");
    const bar = document.createElement("div");
    bar.className = "step-bar";
    this.keep = smallButton(this.words.keep, () => this.give());
    this.clear = smallButton(this.words.clear, () => this.take());
    bar.append(this.keep, this.clear);
    this.list.after(bar, this.state);
  }

  give() {
    this.isGiven = true;
    this.steps.forEach((step, place) => {
      this.rank(step).value = String(place + 1);
    });
    this.changed(this.words.kept);
  }

  take() {
    this.isGiven = false;
    for (const step of this.steps) this.rank(step).value = "";
    this.changed(this.words.cleared);
  }

  changed(text) {
    this.state.textContent = text;
    this.show();
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    this.list.classList.toggle("is-given", this.isGiven);
    this.keep.hidden = this.isGiven;
    this.clear.hidden = !this.isGiven;
    this.steps.forEach((step, place, all) => {
      step.querySelector(".step-up").disabled = place === 0;
      step.querySelector(".step-down").disabled = place === all.length - 1;
    });
  }
}

for (const list of document.querySelectorAll("[data-ordering]")) new Ordering(list);
