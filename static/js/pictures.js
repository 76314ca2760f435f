// Pictures for a text: chosen, dropped or pasted; once it is said what they show, they stand at the cursor.
const IMAGE = /^image\//;

class Pictures {
  constructor(box) {
    this.box = box;
    this.form = document.getElementById(box.dataset.pictures);
    this.area = document.getElementById("text");
    this.file = box.querySelector('[type="file"]');
    this.alt = box.querySelector('[name="alt"]');
    this.state = box.querySelector("[data-pictures-state]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.area.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    this.area.addEventListener("drop", (event) => this.take(event, event.dataTransfer));
    this.area.addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
  }

  // A picture among what was pasted or dropped is chosen as the button would; text goes into the text.
  take(event, given) {
    const picture = [...(given?.files ?? [])].find((file) => IMAGE.test(file.type));
    if (!picture) return;
    event.preventDefault();
    const files = new DataTransfer();
    files.items.add(picture);
    this.file.files = files.files;
    this.box.open = true;
    this.state.textContent = "";
    this.alt.focus();
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    this.state.textContent = this.box.dataset.sending;
    const headers = { Accept: "application/json" };
    try {
      const response = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
      this.put(answer.line);
    } catch (error) {
      const isOffline = error instanceof TypeError || error instanceof SyntaxError;
      this.state.textContent = isOffline ? this.box.dataset.failed : error.message;
    } finally {
      this.isSending = false;
    }
  }

  put(line) {
    this.state.textContent = this.box.dataset.sent;
    this.file.value = "";
    this.alt.value = "";
    this.box.open = false;
    this.area.focus();
    const before = this.area.value.slice(0, this.area.selectionStart);
    const text = `${before && !before.endsWith("\n") ? "\n\n" : ""}${line}\n`;
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.area.dispatchEvent(new Event("input"));
    }
  }
}

for (const box of document.querySelectorAll("[data-pictures]")) new Pictures(box);
