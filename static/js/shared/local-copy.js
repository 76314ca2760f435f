// What somebody writes, kept in this browser until the server has it: the text, when, what its author had seen
// of the text before (version and number), and whether it was sent.
const PREFIX = "casehall-text-";

// Where a text lies: until its author takes it, or for as long as the tab lives, which leaves nothing to those who use
// the device next.
const lasting = () => localStorage;
export const ofTab = () => sessionStorage;

export class LocalCopy {
  constructor(person, text, place = lasting) {
    this.name = [PREFIX, person, text].join("");
    this.place = place;
  }

  // What is kept, null where there is nothing or the browser keeps nothing.
  read() {
    try {
      const left = JSON.parse(this.place().getItem(this.name));
      return typeof left?.text === "string" ? left : null;
    } catch {
      return null;
    }
  }

  write(left) {
    try {
      this.place().setItem(this.name, JSON.stringify(left));
    } catch {
      // the browser keeps nothing; the page warns before it goes
    }
  }

  remove() {
    try {
      this.place().removeItem(this.name);
    } catch {
      // there is nothing
    }
  }
}

// Removes those texts of a person whose names begin so, but for some.
export function forgetCopies(place, person, beginning, except) {
  const before = PREFIX + person;
  try {
    for (const name of Object.keys(place())) {
      const text = name.startsWith(before) ? name.slice(before.length) : "";
      if (text.startsWith(beginning) && !except.has(text)) place().removeItem(name);
    }
  } catch {
    // there is nothing
  }
}

// How many texts this browser keeps, of whomever.
export function copiesLeft() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).length;
  } catch {
    return 0;
  }
}
