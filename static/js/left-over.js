// After the end of an attempt: what this device still holds of it is sent once more, and what is not taken
// is kept and said. An empty journal is deleted.
import { Copy } from "./attempt/copy.js";
import { openJournal } from "./attempt/journal.js";
import { LastWords } from "./attempt/last-words.js";
import { Sender } from "./attempt/sender.js";
import { ServerClock } from "./attempt/server-clock.js";
import { filled } from "./shared/words.js";

async function begin(box) {
  const { person, attempt, events, now } = box.dataset;
  const journal = await openJournal(person, attempt);
  const lastWords = new LastWords(person, attempt);
  const kept = await journal.all().catch(() => []);
  const known = new Set(kept.map((event) => event.id));
  const left = [...kept, ...lastWords.unheard().filter((event) => !known.has(event.id))];
  let late = 0;
  let isDone = false;
  const look = () => {
    const number = sender.waiting.length + [...sender.aside.values()].flat().length;
    if (sender.isIdle && !number && !isDone) {
      isDone = true;
      journal.destroy().catch(() => {});
      lastWords.drop();
    }
    const words = number ? box.dataset.left : box.dataset.late;
    box.hidden = sender.isSending || !(number || late);
    box.querySelector("[data-left-over-text]").textContent = filled(words, { n: number || late });
    box.querySelector("[data-copy-open]").hidden = !number;
  };
  const sender = new Sender(events, journal, {
    acks: (acks) => {
      late += acks.filter(({ ack }) => ack.status === "late").length;
    },
    state: look,
    signedOut: look,
    refused: look,
  });
  const clock = new ServerClock(now);
  new Copy(sender, { attempt, person, now: () => clock.now() });
  sender.adopt(left);
}

for (const box of document.querySelectorAll("[data-left-over]")) begin(box);
