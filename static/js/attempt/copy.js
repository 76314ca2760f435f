// Lets a learner take away what could not be sent, as a file and as text, with the server gone too.
import { filled } from "../shared/words.js";

const PATIENCE = 60000;

export class Copy {
  // source: attempt, person, now() of the server in milliseconds
  constructor(sender, source) {
    this.sender = sender;
    this.source = source;
    this.dialog = document.querySelector("[data-copy]");
    this.words = this.dialog.dataset;
    this.state = this.dialog.querySelector("[data-copy-state]");
    this.text = this.dialog.querySelector("[data-copy-text]");
    this.file = this.dialog.querySelector("[data-copy-file]");
    this.take = this.dialog.querySelector("[data-copy-take]");
    this.offer = document.querySelector("[data-copy-offer]");
    this.take.addEventListener("click", () => this.copy());
    this.dialog.querySelector("[data-copy-close]").addEventListener("click", () => this.dialog.close());
    for (const button of document.querySelectorAll("[data-copy-open]")) {
      button.addEventListener("click", () => this.open());
    }
    this.menus = document.querySelectorAll("[data-copy-menu]");
    this.look();
  }

  // Offers it by itself when nothing got through for a minute, or the server does not take something.
  look() {
    const { stuckFor } = this.sender;
    const isOffered = stuckFor >= PATIENCE || this.sender.aside.size > 0;
    clearTimeout(this.timer);
    if (this.offer) this.offer.hidden = !isOffered;
    for (const menu of this.menus) menu.hidden = isOffered;
    if (stuckFor > 0 && stuckFor < PATIENCE) this.timer = setTimeout(() => this.look(), PATIENCE - stuckFor);
  }

  async open() {
    const events = await this.sender.unsent();
    const { attempt, person } = this.source;
    const moment = new Date(this.source.now()).toISOString();
    const words = events.length ? filled(this.words.count, { n: events.length }) : this.words.none;
    this.dialog.querySelector("[data-copy-count]").textContent = words;
    this.dialog.querySelector("[data-copy-body]").hidden = !events.length;
    this.file.hidden = !events.length;
    this.take.hidden = !events.length;
    this.state.textContent = "";
    this.text.value = JSON.stringify({ v: 1, attempt, person, exported_at: moment, events }, null, 1);
    URL.revokeObjectURL(this.file.href);
    this.file.href = URL.createObjectURL(new Blob([this.text.value], { type: "application/json" }));
    this.file.download = `casehall-${attempt}-${moment.slice(0, 19).replace(/[-:]/g, "")}.json`;
    if (!this.dialog.open) this.dialog.showModal();
  }

  // Plain http has no clipboard, some browsers embedded in others allow nothing: then the text is selected.
  async copy() {
    this.text.focus();
    this.text.select();
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(this.text.value);
      else if (!document.execCommand("copy")) throw new Error("not allowed");
      this.state.textContent = this.words.copied;
    } catch {
      this.state.textContent = this.words.selected;
    }
  }
}
