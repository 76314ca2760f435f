// The editor of texts: pieces at a press, checked and shown as one writes, nothing lost with a tab or a session.
// What was not saved stays in this browser, for the person who wrote it.
import { filled } from "./shared/words.js";

const CHECK_AFTER = 500;
const PREFIX = "casehall-text-";

class Editor {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.area = form.elements.text;
    // what the server keeps, null where the page shows words that it refused
    this.kept = "saved" in form.dataset ? this.area.value : null;
    this.name = [PREFIX, form.dataset.person, form.dataset.editor].join("");
    this.asked = 0;
    this.area.addEventListener("input", (event) => this.changed(event));
    this.area.addEventListener("compositionend", () => this.changed());
    form.addEventListener("click", (event) => this.pressed(event.target));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", () => (this.leaving = true));
    addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.area.value !== this.kept) event.preventDefault();
    });
    form.querySelector(".editor-tools").hidden = false;
    this.offer();
    if (this.kept === null) this.keep();
  }

  // An input method is left alone until its word is chosen.
  changed(event) {
    if (event?.isComposing) return;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  keep() {
    try {
      const left = { text: this.area.value, at: Date.now() };
      if (this.area.value === this.kept) localStorage.removeItem(this.name);
      else localStorage.setItem(this.name, JSON.stringify(left));
    } catch {
      // the browser keeps nothing; the page warns before it goes
    }
  }

  // What this browser kept and the server does not have: taken or thrown away by who wrote it.
  offer() {
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(this.name));
    } catch {
      return;
    }
    if (left?.text === this.kept) localStorage.removeItem(this.name);
    if (typeof left?.text !== "string" || left.text === this.area.value) return;
    const box = this.form.querySelector(".editor-restore");
    const time = new Date(left.at).toLocaleString(document.documentElement.lang);
    const said = document.createElement("p");
    said.textContent = filled(this.words.restore, { time });
    const take = button(this.words.take, () => {
      this.put(0, this.area.value.length, left.text);
      box.hidden = true;
    });
    const drop = button(this.words.drop, () => {
      localStorage.removeItem(this.name);
      box.hidden = true;
    });
    box.replaceChildren(said, take, drop);
    box.hidden = false;
  }

  pressed(target) {
    const piece = target.closest("[data-snippet]");
    const line = target.closest("[data-line]");
    if (piece) this.put(this.area.selectionStart, this.area.selectionEnd, piece.dataset.snippet);
    if (line) this.go(Number(line.dataset.line));
  }

  key(event) {
    if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    this.form.requestSubmit(this.form.querySelector('[name="save"]'));
  }

  // Through the editor's own undo, where the browser has it.
  put(from, to, text) {
    this.area.focus();
    this.area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) this.area.setRangeText(text, from, to, "end");
    this.changed();
  }

  go(number) {
    const lines = this.area.value.split("\n");
    const before = lines.slice(0, number - 1).reduce((length, line) => length + line.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(before, before + (lines[number - 1] ?? "").length);
    this.area.scrollTop = ((number - 4) / lines.length) * this.area.scrollHeight;
  }

  async check() {
    const asked = ++this.asked;
    this.say(this.words.checking);
    const body = new FormData();
    body.append("text", this.area.value);
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { "X-CSRF-Token": token, Accept: "application/json" };
    try {
      const response = await fetch(this.words.editor, { method: "POST", body, headers });
      if (asked !== this.asked) return;
      if ([401, 403].includes(response.status)) return this.say(this.words.signedOut);
      if (!response.ok) return this.say((await response.json()).message);
      this.show(await response.json());
    } catch {
      if (asked === this.asked) this.say(this.words.failed);
    }
  }

  show({ diagnostics, html, sound }) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang);
    this.say(filled(this.words.checked, { time }));
    const box = this.form.querySelector("[data-editor-noted]");
    box.innerHTML = diagnostics;
    // what was there stays while a line is half written
    if (sound) this.form.querySelector("[data-editor-preview]").innerHTML = html;
  }

  say(text) {
    this.form.querySelector("[data-editor-state]").textContent = text;
  }
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-secondary btn-small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

for (const form of document.querySelectorAll("[data-editor]")) new Editor(form);
