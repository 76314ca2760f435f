// Lets a learner whose session has ended sign in again without leaving the page.
import { bringSignInPanel } from "./cover.js";
import { takeToken } from "./sender.js";

async function token() {
  const answer = await fetch("/csrf", { headers: { Accept: "application/json" } });
  return (await answer.json()).csrf;
}

async function signIn(login, password) {
  const body = new URLSearchParams({ username: login, password, csrf_token: await token() });
  const response = await fetch("/login", { method: "POST", body, headers: { Accept: "application/json" } });
  return { status: response.status, answer: await response.json() };
}

export class SignInPanel {
  // told: signedOut(), and signedIn() when the same person is back
  constructor(panel, told) {
    this.panel = panel;
    this.field = panel.querySelector('input[type="password"]');
    this.state = panel.querySelector("[data-sign-in-state]");
    this.told = told;
    panel.querySelector("[data-sign-in]").addEventListener("click", () => this.attempt());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // the paper's own form must not be sent
      event.preventDefault();
      this.attempt();
    });
  }

  show() {
    this.told.signedOut();
    if (!this.panel.hidden) return;
    this.panel.hidden = false;
    bringSignInPanel();
    this.field.focus();
  }

  // The person is back, by this panel or in another window.
  hide() {
    if (this.panel.hidden) return;
    this.field.value = "";
    this.panel.hidden = true;
    this.told.signedIn();
  }

  async attempt() {
    this.state.textContent = "";
    try {
      const { status, answer } = await signIn(this.panel.dataset.login, this.field.value);
      if (status !== 200) {
        this.state.textContent = answer.message ?? this.panel.dataset.failed;
      } else {
        takeToken(answer.csrf);
        this.hide();
      }
    } catch {
      this.state.textContent = this.panel.dataset.offline;
    }
  }
}
