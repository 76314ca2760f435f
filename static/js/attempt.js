// The page of an open attempt: its answers, its time, its questions, a copy for when nothing helps. Without
// it the form is sent with its buttons.
import { Copy } from "./attempt/copy.js";
import { deskOf } from "./attempt/ending.js";
import { watchFocus } from "./attempt/focus.js";
import { openJournal } from "./attempt/journal.js";
import { OneAtATime } from "./attempt/one.js";
import { Paper } from "./attempt/paper.js";
import { SignInPanel } from "./attempt/sign-in.js";
import { Sitting } from "./attempt/sitting.js";

async function begin(form) {
  const { person, attempt } = form.dataset;
  const journal = await openJournal(person, attempt);
  const panel = new SignInPanel(document.querySelector("[data-signed-out]"), {
    signedOut: () => paper.sender.hold(),
    signedIn: () => paper.sender.release(),
  });
  const paper = new Paper(form, journal, {
    heard: (heard) => sitting.hear(heard),
    closed: () => sitting.watch.ask(),
    state: () => copy.look(),
    signedOut: () => panel.show(),
  });
  const copy = new Copy(paper.sender, { attempt, person, now: () => sitting.clock.now() });
  paper.marks.say("", form.dataset.ready);
  const late = () => paper.outcomes.late.size;
  // before anything is heard
  const sitting = new Sitting(form, panel, deskOf(paper.sender, { finish: () => paper.finish(), late }));
  await paper.start();
  new OneAtATime(form);
  watchFocus(form, (kind, page) => paper.sender.add(paper.events.make(kind, page, null)));
  form.dataset.isReady = "";
}

for (const form of document.querySelectorAll("form[data-unsaved][data-events]")) begin(form);
