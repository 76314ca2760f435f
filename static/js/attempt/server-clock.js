// The server's time, by what it tells and how long this window has run since. The device's own clock, which
// may be wrong or be set anew, is never asked.
export class ServerClock {
  // now: what the server's clock said when it made this page
  constructor(now) {
    const [way] = performance.getEntriesByType("navigation");
    this.hear(now, way?.requestStart ?? 0, way?.responseStart || performance.now());
  }

  // The server said `now` at some moment between two of this window. What is known already is kept if it
  // agrees, so that a slow answer does not make the clock worse.
  hear(now, sent, received) {
    const told = Date.parse(now);
    if (Number.isNaN(told)) return;
    const [least, most] = [told - received, told - sent];
    const known = this.ahead ?? (least + most) / 2;
    this.ahead = Math.min(Math.max(known, least), most);
  }

  now() {
    return performance.now() + this.ahead;
  }
}
