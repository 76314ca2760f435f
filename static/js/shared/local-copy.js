// What somebody writes, kept in this browser until the server has it: the text, when, what its author had seen
// of the text before (version and number), and whether it was sent.
const PREFIX = "casehall-text-";

export class LocalCopy {
  constructor(person, text) {
    this.name = [PREFIX, person, text].join("");
  }

  // What is kept, null where there is nothing or the browser keeps nothing.
  read() {
    try {
      const left = JSON.parse(localStorage.getItem(this.name));
      return typeof left?.text === "string" ? left : null;
    } catch {
      return null;
    }
  }

  write(left) {
    try {
      localStorage.setItem(this.name, JSON.stringify(left));
    } catch {
      // the browser keeps nothing; the page warns before it goes
    }
  }

  remove() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      // there is nothing
    }
  }
}

// Removes a person's texts whose names begin so, but for some.
export function forgetCopies(person, beginning, except) {
  const before = PREFIX + person;
  try {
    for (const name of Object.keys(localStorage)) {
      const text = name.startsWith(before) && name.slice(before.length);
      if (text && text.startsWith(beginning) && !except.has(text)) localStorage.removeItem(name);
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
