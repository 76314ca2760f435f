// Which journals this device holds: a list beside them, since not every browser can tell.
const LIST = "casehall-journals";
const PREFIX = "casehall-";

export function nameOf(person, attempt) {
  return `${PREFIX}${person}-${attempt}`;
}

function listed() {
  try {
    const names = JSON.parse(localStorage.getItem(LIST));
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

function keep(names) {
  try {
    if (names.length) localStorage.setItem(LIST, JSON.stringify(names));
    else localStorage.removeItem(LIST);
  } catch {
    // the browser keeps nothing
  }
}

export function noteJournal(name) {
  const names = listed();
  if (!names.includes(name)) keep([...names, name]);
}

export function forgetJournal(name) {
  keep(listed().filter((one) => one !== name));
}

export async function allJournals() {
  let found = [];
  try {
    found = (await indexedDB.databases()).map((database) => database.name);
  } catch {
    // this browser does not tell
  }
  return [...new Set([...listed(), ...found.filter((name) => name.startsWith(PREFIX))])];
}
