// Asks the server about every ten seconds how the attempt stands; less often while nobody looks.
import { ask } from "../shared/ask.js";

const LEAST = 8000;
const SPREAD = 4000;
const HIDDEN = 25000;

export class Watch {
  // told: stands(heard), signedOut(), unsaved()
  constructor(address, told) {
    this.address = address;
    this.told = told;
    addEventListener("online", () => this.ask());
    addEventListener("pageshow", (event) => event.persisted && this.ask());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.later() : this.ask()));
  }

  async ask() {
    clearTimeout(this.timer);
    this.isWanted = true;
    if (this.isAsking || this.isStopped) return;
    this.isAsking = true;
    while (this.isWanted) {
      this.isWanted = false;
      const headers = { Accept: "application/json", "X-Unsaved": String(this.told.unsaved()) };
      const heard = await ask(this.address, { headers });
      if (this.isStopped) return;
      if (heard?.status === 200) this.told.stands(heard);
      else if (heard?.status === 401) this.told.signedOut();
    }
    this.isAsking = false;
    this.later();
  }

  // The page is about to be left: nothing that is heard now concerns it.
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  later() {
    clearTimeout(this.timer);
    const pause = document.hidden ? HIDDEN : LEAST + SPREAD * Math.random();
    this.timer = setTimeout(() => this.ask(), pause);
  }
}
