// Nobody is signed in: journals in which nothing waits are deleted from this device. What could not be sent, and
// texts that were not saved, are kept for the one who wrote them, and said.
import { openNamed } from "./attempt/journal.js";
import { allJournals } from "./attempt/journals.js";
import { tidyLastWords } from "./attempt/last-words.js";
import { copiesLeft } from "./shared/local-copy.js";

async function tidy(box) {
  let left = tidyLastWords();
  for (const name of await allJournals()) {
    const journal = await openNamed(name);
    const events = await journal.all().catch(() => []);
    left += Number(events.length > 0);
    if (!events.length) await journal.destroy().catch(() => {});
  }
  box.hidden = left === 0;
}

for (const box of document.querySelectorAll("[data-journals]")) tidy(box);
for (const box of document.querySelectorAll("[data-texts-left]")) box.hidden = copiesLeft() === 0;
