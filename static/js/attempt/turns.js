// Lets one window of an attempt send at a time. It only spares the server: whoever waited long enough sends
// all the same, so that a window that hangs, or died with its turn, holds up nobody.
import { newId } from "./events.js";

const PATIENCE = 3000;
const LEASE = 4000;
const LOOK = 150;
const me = newId();

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export function inTurn(name, act) {
  return navigator.locks ? withLock(name, act) : withLease(name, act);
}

async function withLock(name, act) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  let hasActed = false;
  const once = () => {
    clearTimeout(timer);
    hasActed = true;
    return act();
  };
  try {
    return await navigator.locks.request(name, { signal: giveUp.signal }, once);
  } catch (error) {
    if (hasActed) throw error;
    return once();
  }
}

// There are no locks on plain http: a note in the storage that all windows share, which runs out by itself.
async function withLease(name, act) {
  for (let waited = 0; waited < PATIENCE && !(await take(name)); waited += LOOK) await pause(LOOK);
  try {
    return await act();
  } finally {
    giveBack(name);
  }
}

function holder(name) {
  const [who, until] = (localStorage.getItem(name) ?? "").split(" ");
  const left = Number(until) - Date.now();
  // a device's clock may be set back
  return left > 0 && left <= LEASE ? who : "";
}

async function take(name) {
  try {
    if (![me, ""].includes(holder(name))) return false;
    localStorage.setItem(name, `${me} ${Date.now() + LEASE}`);
    // two may have written at once: the later one has it
    await pause(10);
    return holder(name) === me;
  } catch {
    return true;
  }
}

function giveBack(name) {
  try {
    if (holder(name) === me) localStorage.removeItem(name);
  } catch {
    // it runs out
  }
}
