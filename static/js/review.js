// Before handing in: the time runs on, what is on this device only is sent or warned of, and who is too
// early waits.
import { Copy } from "./attempt/copy.js";
import { deskOf } from "./attempt/ending.js";
import { openJournal } from "./attempt/journal.js";
import { LastWords } from "./attempt/last-words.js";
import { Sender } from "./attempt/sender.js";
import { SignInPanel } from "./attempt/sign-in.js";
import { Sitting } from "./attempt/sitting.js";
import { hoursMinutesSeconds } from "./attempt/timer.js";
import { filled } from "./shared/words.js";

// Handing in what is not complete is asked about once more.
function warner(form, button, sender) {
  const box = document.querySelector("[data-only-here]");
  button.dataset.cancel = form.dataset.cancel;
  return () => {
    const items = new Set([...sender.waiting, ...[...sender.aside.values()].flat()].map((event) => event.item));
    box.hidden = items.size === 0;
    box.querySelector("[data-only-here-text]").textContent = filled(box.dataset.onlyHere, { n: items.size });
    if (items.size) button.dataset.confirm = filled(form.dataset.sure, { n: items.size });
    else delete button.dataset.confirm;
  };
}

function waitUntil(earliest, button, clock) {
  const reason = document.querySelector("[data-too-early]");
  button.setAttribute("aria-describedby", reason.id);
  const look = () => {
    const left = Date.parse(earliest) - clock.now();
    button.disabled = left > 0;
    reason.hidden = left <= 0;
    if (left <= 0) return;
    reason.querySelector("[data-too-early-left]").textContent = hoursMinutesSeconds(left);
    setTimeout(look, left % 1000 || 1000);
  };
  look();
}

async function begin(form) {
  const { person, attempt, earliest } = form.dataset;
  const button = form.querySelector("button[type=submit]");
  const journal = await openJournal(person, attempt);
  const panel = new SignInPanel(document.querySelector("[data-signed-out]"), {
    signedOut: () => sender.hold(),
    signedIn: () => sender.release(),
  });
  const sender = new Sender(form.dataset.events, journal, {
    acks: (acks, heard) => sitting.hear(heard),
    state: () => warn(),
    signedOut: () => panel.show(),
    refused: () => warn(),
  });
  const warn = warner(form, button, sender);
  const sitting = new Sitting(form, panel, deskOf(sender, { finish: () => sender.go() }));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sitting.watch.stop();
  });
  new Copy(sender, { attempt, person, now: () => sitting.clock.now() });
  const kept = await journal.all().catch(() => []);
  const known = new Set(kept.map((event) => event.id));
  const last = new LastWords(person, attempt).unheard();
  sender.adopt([...kept, ...last.filter((event) => !known.has(event.id))]);
  if (earliest) waitUntil(earliest, button, sitting.clock);
}

for (const form of document.querySelectorAll("form[data-review]")) begin(form);
