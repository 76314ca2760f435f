// The editor of texts: pieces at a press, checked and shown as one writes, nothing lost with a tab or a session.
// What was not saved stays in this browser, for the person who wrote it.
import { clockTime, dayAndTime } from "./shared/clock.js";
import { LocalCopy } from "./shared/local-copy.js";
import { smallButton } from "./shared/small-button.js";
import { filled } from "./shared/words.js";

const CHECK_AFTER = 500;

class Editor {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.area = form.elements.text;
    // what the server keeps, null where the page shows words that it refused
    this.kept = "saved" in form.dataset ? this.area.defaultValue : null;
    this.copy = new LocalCopy(form.dataset.person, form.dataset.editor);
    this.asked = 0;
    this.area.addEventListener("input", (event) => this.changed(event));
    this.area.addEventListener("compositionend", () => this.changed());
    this.area.addEventListener("focus", () => {
      this.visited = true;
    });
    form.addEventListener("click", (event) => this.pressed(event.target));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", () => this.send());
    addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.area.value !== this.kept) event.preventDefault();
    });
    form.querySelector(".editor-tools").hidden = false;
    this.offer();
    // refused words, and those that were typed before this script was there
    if (this.area.value !== this.kept) this.changed();
  }

  // An input method is left alone until its word is chosen.
  changed(event) {
    if (event?.isComposing) return;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  keep() {
    if (this.area.value === this.kept) this.copy.remove();
    else this.copy.write({ text: this.area.value, at: Date.now(), ...this.seen, sent: false });
  }

  // What its author has seen of the text: of a copy that is taken what they had seen when they wrote it.
  get seen() {
    return { version: this.form.elements.version.value, number: this.form.elements.number.value };
  }

  send() {
    this.leaving = true;
    const left = this.copy.read();
    if (left) this.copy.write({ ...left, sent: true });
  }

  // What this browser kept and the server does not have: taken or thrown away by who wrote it.
  offer() {
    const left = this.copy.read();
    if (left?.text === this.kept) this.copy.remove();
    if (!left || left.text === this.area.value) return;
    const box = this.form.querySelector(".editor-restore");
    const said = document.createElement("p");
    const time = dayAndTime(new Date(left.at));
    said.textContent = filled(this.offered(left), { time });
    const take = smallButton(this.words.take, () => {
      box.hidden = true;
      this.form.elements.version.value = left.version ?? "";
      this.form.elements.number.value = left.number ?? "";
      this.put(0, this.area.value.length, left.text);
    });
    const drop = smallButton(this.words.drop, () => {
      this.copy.remove();
      box.hidden = true;
    });
    box.replaceChildren(said, take, drop);
    box.hidden = false;
  }

  // The sentence that fits: nobody wrote since, somebody did, or it may have been this very text.
  offered({ version, number, sent }) {
    const now = this.seen;
    if (version === now.version && number === now.number) return this.words.restore;
    return sent ? this.words.restoreSent : this.words.restoreOlder;
  }

  pressed(target) {
    const piece = target.closest("[data-snippet]");
    const line = target.closest("[data-line]");
    const end = this.area.value.length;
    // who has not been in the text yet goes on at its end
    const [from, to] = this.visited ? [this.area.selectionStart, this.area.selectionEnd] : [end, end];
    if (piece) this.put(from, to, piece.dataset.snippet);
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

  show({ diagnostics, html, original, is_shown: isShown }) {
    const time = clockTime(new Date());
    this.say(filled(this.words.checked, { time }));
    const box = this.form.querySelector("[data-editor-noted]");
    box.innerHTML = diagnostics;
    const beside = this.form.querySelector("[data-editor-original]");
    if (beside) beside.innerHTML = original;
    // what was there stays while a line is half written, and says that it is old
    const preview = this.form.querySelector("[data-editor-preview]");
    if (isShown) preview.innerHTML = html;
    const isOld = !isShown && preview.querySelector("[data-nothing]") === null;
    this.form.querySelector("[data-editor-stale]").hidden = !isOld;
  }

  say(text) {
    this.form.querySelector("[data-editor-state]").textContent = text;
  }
}

for (const form of document.querySelectorAll("[data-editor]")) new Editor(form);
