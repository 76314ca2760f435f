// What earlier pages of the attempt left behind: in the journal, and in their last moments.
import { ask } from "../shared/ask.js";
import { readAnswer, written } from "./answers.js";
import { isLater } from "./events.js";

export class Earlier {
  constructor(paper) {
    this.paper = paper;
    this.last = paper.lastWords.take();
    this.hasLeft = false;
  }

  async takeUp() {
    const { paper } = this;
    const items = paper.items;
    const { kept, unheard } = await this.left();
    const left = [...kept, ...unheard];
    const heard = this.heard(items);
    const latest = latestOf([...heard, ...left.map((event) => ({ event, seq: null }))], items);
    await this.follow(latest, left);
    for (const event of unheard) await paper.sender.keep(event);
    paper.lastWords.kept(paper.journal.isLasting);
    this.hasLeft = left.length > 0;
    for (const { event, seq } of heard) {
      if (event.kind !== "answer" || !this.isFree(event)) continue;
      paper.outcomes.counts(items.get(event.item), seq, event.answer);
    }
    for (const { event, seq } of latest) if (this.isFree(event)) this.paint(items.get(event.item), event, seq);
    paper.sender.adopt(left);
  }

  // What has no answer yet.
  async left() {
    const kept = await this.paper.journal.all().catch(() => []);
    return { kept, unheard: this.unheard(new Set(kept.map((event) => event.id))) };
  }

  // Goes on with the name of the page before, unless an answer of it and what stands here must be told apart: then
  // it is the server that asks which one counts.
  async follow(latest, left) {
    const { events } = this.paper;
    if (!this.isClear(latest)) return;
    await events.follow(this.last.before, left);
    // the learner may have been quicker
    if (!this.isClear(latest)) events.renew();
  }

  isClear(latest) {
    return latest.every(({ event, seq }) => {
      if (event.kind !== "answer") return true;
      const item = this.paper.items.get(event.item);
      // the server made the page with it
      if (seq !== null && seq <= Number(item.dataset.seq)) return true;
      const isOld = seq === null && event.base < Number(item.dataset.seq);
      return this.isFree(event) && !(isOld && written(event.answer) !== this.paper.given.get(event.item));
    });
  }

  // What was written while this page got ready is newer than what an earlier page left.
  isFree({ kind, item }) {
    return kind === "flag" ? !this.paper.flagged.has(item) : this.isAsGiven(this.paper.items.get(item));
  }

  // known: ids of events that are kept elsewhere.
  unheard(known) {
    return this.last.events.filter(({ event, seq }) => !seq && !known.has(event.id)).map(({ event }) => event);
  }

  // What the server had before it gave this page, and may have made the page without.
  heard(items) {
    const seqOf = ({ kind, item }) => (kind === "flag" ? 0 : Number(items.get(item)?.dataset.seq));
    return this.last.events.filter(({ event, seq }) => seq && seq >= seqOf(event));
  }

  isAsGiven(item) {
    const answer = item && readAnswer(item);
    return answer === undefined || written(answer) === this.paper.given.get(item.dataset.item);
  }

  // Puts what an earlier page left into the fields. seq: its place in the record, null while there is no answer.
  paint(item, event, seq) {
    const { flags, marks } = this.paper;
    if (event.kind === "flag") flags.paint(event.item, event.answer);
    if (event.kind !== "answer") return;
    this.paper.show(item, event.answer);
    if (seq !== null) {
      marks.saved(event.item, new Date(event.at));
      return;
    }
    marks.local(event.item);
    // who goes on from here has not seen what the server has got since
    const base = this.paper.form.elements[`base-${event.item}`];
    if (!base || event.base >= Number(item.dataset.seq)) return;
    item.dataset.knows = event.base;
    base.value = event.base;
  }

  // The page comes back from the browser's memory: another one may have gone on with its name and its answers since.
  async comeBack() {
    const { events, lastWords, sender } = this.paper;
    events.renew();
    this.last = lastWords.take();
    const unheard = this.unheard(new Set(sender.waiting.map((event) => event.id)));
    for (const event of unheard) await sender.keep(event);
    lastWords.kept(this.paper.journal.isLasting);
    sender.adopt(unheard);
    // what it shows is old; without a network it is better than none
    if (await ask("/csrf", { headers: { Accept: "application/json" } })) location.reload();
  }
}

// The latest of each item, answer and flag apart.
function latestOf(left, items) {
  const latest = new Map();
  for (const one of left) {
    const { kind, item } = one.event;
    const other = latest.get(`${kind} ${item}`);
    if (items.has(item) && (!other || isLater(one.event, other.event))) latest.set(`${kind} ${item}`, one);
  }
  return [...latest.values()];
}
