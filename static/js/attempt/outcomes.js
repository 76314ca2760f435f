// What became of the answers that were sent, and what the page shows of it.
import { readAnswer, written } from "./answers.js";
import { askWhich } from "./conflict.js";

export class Outcomes {
  constructor(paper) {
    this.paper = paper;
    this.words = paper.words;
    this.marks = paper.marks;
    // items whose answer here is not the one that counts
    this.open = new Set();
    // those of them that the instructor decides about
    this.late = new Set();
  }

  acknowledge(acks, answer) {
    const now = new Date(answer.now ?? Date.now());
    // what counts comes first: the answers that it took the place of are not taken for somebody else's
    const inTurn = [...acks].sort((one, other) => Boolean(one.ack.head) - Boolean(other.ack.head));
    for (const { ack, event } of inTurn) {
      const item = event && this.paper.items.get(event.item);
      if (item && event.kind === "answer") this.settle(item, ack, event, now);
    }
  }

  // A replayed event has its first outcome: one that was late is no more saved when it is sent again.
  // Only an event that counts now, because no other head is named, is shown as saved.
  settle(item, ack, event, now) {
    const key = event.item;
    const outcome = ack.status === "replayed" ? ack.was : ack.status;
    if (outcome === "refused") {
      this.unable(key, ack.message);
    } else if (outcome === "late") {
      this.late.add(key);
      this.unable(key, this.words.late);
    } else if (this.isForeign(ack, event)) {
      this.conflict(item, ack.head, event);
    } else if (ack.head) {
      this.overtaken(item, ack.head, event, now);
    } else if (outcome === "saved") {
      this.counts(item, ack.seq, event.answer);
      this.open.delete(key);
      item.querySelector(".conflict")?.remove();
      this.paper.sender.letGo(key);
      this.marks.saved(key, now, this.paper.isPending(key));
    }
  }

  // A later answer of this window counts: it takes the place of the one that an earlier page had left behind.
  overtaken(item, head, event, now) {
    const key = event.item;
    if (this.paper.isPending(key) || this.open.has(key) || this.paper.differs(item)) return;
    const isNewer = this.paper.events.isOwn(event) && written(readAnswer(item)) === written(event.answer);
    if (isNewer && written(event.answer) !== written(head.answer)) {
      // never undone: what this page wrote last is said again, under a number that nothing overtakes
      this.paper.events.leap();
      this.paper.confirm(item, event.answer);
      return;
    }
    if (written(readAnswer(item)) === written(event.answer)) this.paper.show(item, head.answer);
    this.counts(item, head.seq, head.answer);
    if (written(readAnswer(item)) === written(head.answer)) this.marks.saved(key, now);
  }

  unable(key, message) {
    this.open.add(key);
    this.marks.unable(key, message);
    this.paper.tell();
  }

  // Another window's answer counts, not one that this window gave later. Of an event that was in conflict when an
  // earlier page sent it nobody has been asked.
  isForeign(ack, event) {
    const seq = Number(this.paper.items.get(event.item).dataset.seq);
    if (ack.status === "conflict") return seq < ack.seq;
    if (!ack.head || this.paper.isPending(event.item)) return false;
    return (ack.was === "conflict" || seq < ack.head.seq) && written(ack.head.answer) !== written(event.answer);
  }

  // What the form without JavaScript says of the item follows, so that its buttons send nothing twice.
  counts(item, seq, answer) {
    const key = item.dataset.item;
    const { elements } = this.paper.form;
    const base = elements[`base-${key}`];
    // a try that was right, or a decision that was made, takes no answer any more
    if (!base) return;
    delete item.dataset.knows;
    base.value = Math.max(seq, item.dataset.seq);
    if (seq <= Number(item.dataset.seq)) return;
    item.dataset.seq = seq;
    elements[`shown-${key}`].value = JSON.stringify(answer);
    this.paper.navigator.count(key, answer);
  }

  conflict(item, head, event) {
    const key = event.item;
    this.unable(key, this.words.unsettled);
    this.marks.conflict(key);
    // until the learner has chosen, the other window's answer counts
    this.paper.navigator.count(key, head.answer);
    const here = readAnswer(item) ?? event.answer;
    // where the answer here is the one that counts, the other one is what an earlier page left
    const mine = written(here) === written(head.answer) ? event.answer : here;
    askWhich(item, this.words, { mine, theirs: head.answer }, (keepsMine) => {
      item.dataset.seq = 0;
      this.counts(item, head.seq, head.answer);
      if (keepsMine && mine !== here) this.paper.show(item, mine);
      this.paper.known.set(key, written(head.answer));
      this.open.delete(key);
      // the choice is an event on the present head, whichever it is: the conflict is settled for everybody
      if (!keepsMine) {
        this.paper.show(item, head.answer);
        this.paper.confirm(item, head.answer);
      } else if (this.paper.differs(item)) this.paper.save(item);
      else this.marks.saved(key, new Date());
      this.paper.tell();
    });
  }
}
