// Renews the live board by itself, and keeps what is chosen on it. Without it, the page has a link.
import { filled } from "./shared/words.js";

const LEAST = 8000;
const SPREAD = 4000;
const GONE = new Set([401, 403, 404]);

// Puts what is new in the place of what was there. A row that did not change stays; a box keeps its tick.
function renewRows(table, fresh) {
  const body = table.tBodies[0];
  const known = new Map([...body.rows].map((row) => [row.id, row]));
  const rows = [...fresh.tBodies[0].rows].map((row) => {
    const old = known.get(row.id);
    if (!old) return row;
    const box = row.querySelector("input");
    const oldBox = old.querySelector("input");
    if (box && oldBox) box.checked = oldBox.checked && box.value === oldBox.value;
    if (old.innerHTML === row.innerHTML && old.className === row.className) return old;
    // the box itself stays, with the focus that it may have
    if (oldBox && box?.value === oldBox.value) box.replaceWith(oldBox);
    return row;
  });
  body.replaceChildren(...rows);
}

// What had the focus has it again, or the link to the same place.
function keepFocus(act) {
  const at = document.activeElement;
  act();
  if (at === document.activeElement) return;
  const address = at.getAttribute("href");
  const twin = address && document.querySelector(`[data-board-part] a[href="${CSS.escape(address)}"]`);
  (at.isConnected ? at : twin)?.focus({ preventScroll: true });
}

class Board {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.state = form.querySelector("[data-board-state]");
    this.chosen = form.querySelector("[data-board-chosen]");
    this.nobody = this.chosen?.textContent;
    this.all = form.querySelector("[data-board-all]");
    if (this.all) this.all.hidden = false;
    document.querySelector("[data-board-reload]").hidden = true;
    form.addEventListener("change", (event) => this.changed(event.target));
    document.addEventListener("visibilitychange", () => (document.hidden ? undefined : this.ask()));
    addEventListener("online", () => this.ask());
    // a browser may bring the ticks of an earlier visit back
    this.count();
    this.later();
  }

  get boxes() {
    return [...this.form.querySelectorAll('input[name="attempt"]')];
  }

  changed(target) {
    if (this.all?.contains(target)) for (const box of this.boxes) box.checked = target.checked;
    this.count();
  }

  count() {
    if (!this.chosen) return;
    const { boxes } = this;
    const number = boxes.filter((box) => box.checked).length;
    this.chosen.textContent = number ? filled(this.words.chosen, { n: number }) : this.nobody;
    this.chosen.classList.toggle("is-hint", !number);
    const all = this.all.querySelector("input");
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), LEAST + SPREAD * Math.random());
  }

  async ask() {
    clearTimeout(this.timer);
    if (this.isAsking) return;
    this.isAsking = true;
    const status = await this.renew();
    this.isAsking = false;
    if (GONE.has(status)) this.say(this.words.shut);
    else this.later();
  }

  // Returns the status of the answer, 0 where none came.
  async renew() {
    try {
      const response = await fetch(this.words.board, { redirect: "manual", headers: { Accept: "text/html" } });
      if (response.type === "opaqueredirect") return 401;
      if (response.ok) this.show(await response.text());
      else if (!GONE.has(response.status)) this.say(this.words.lost);
      return response.status;
    } catch {
      this.say(this.words.lost);
      return 0;
    }
  }

  show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const part of fresh.querySelectorAll("[data-board-part]")) {
      const old = this.form.querySelector(`[data-board-part="${part.dataset.boardPart}"]`);
      if (old.tagName === "TABLE") keepFocus(() => renewRows(old, part));
      else if (old.innerHTML !== part.innerHTML) keepFocus(() => old.replaceWith(part));
    }
    const rows = this.form.querySelector("tbody").rows.length;
    const empty = this.form.querySelector("[data-board-empty]");
    if (empty) empty.hidden = rows > 0;
    this.count();
    this.say("");
  }

  say(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}

for (const form of document.querySelectorAll("form[data-board]")) new Board(form);
