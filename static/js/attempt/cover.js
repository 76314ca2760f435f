// Covers the page while nothing can be written: during a pause, and after the end.
export class Cover {
  constructor(dialog) {
    this.dialog = dialog;
    this.kind = "";
    // a browser may let Escape through all the same
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => this.kind && this.open());
  }

  // kind: paused, over, submitted, voided
  show(kind) {
    if (this.kind === kind) return;
    this.kind = kind;
    for (const part of this.dialog.querySelectorAll("[data-cover-kind]")) {
      part.hidden = part.dataset.coverKind !== kind;
    }
    this.dialog.setAttribute("aria-labelledby", `cover-${kind}`);
    this.dialog.setAttribute("aria-describedby", `cover-${kind}-text`);
    this.open();
    document.getElementById(`cover-${kind}`).focus();
  }

  open() {
    for (const other of document.querySelectorAll("dialog[open]")) if (other !== this.dialog) other.close();
    if (!this.dialog.open) this.dialog.showModal();
    bringSignInPanel();
  }

  hide() {
    if (!this.kind) return;
    this.kind = "";
    this.dialog.close();
    bringSignInPanel();
  }

  // How much time is left when it goes on.
  tellTime(time) {
    const place = this.dialog.querySelector("[data-cover-time]");
    if (!this.kind) place.textContent = time;
  }

  say(text) {
    const state = this.dialog.querySelector("[data-cover-state]");
    if (state.textContent !== text) state.textContent = text;
  }
}

// Whoever was signed out must reach the way back in, also where a cover lies over the page.
let home = null;

export function bringSignInPanel() {
  const panel = document.querySelector("[data-signed-out]");
  if (!panel) return;
  home ??= panel.parentElement;
  const cover = document.querySelector("dialog[data-cover][open] .cover-body");
  const place = cover ?? home;
  if (panel.parentElement !== place) place.prepend(panel);
}
