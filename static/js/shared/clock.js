// Times as the pages of the server say them: in the site's time zone, wherever the device believes to be.
const timeZone = knownZone(document.documentElement.dataset.zone);
const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone };
const DAY = { year: "numeric", month: "2-digit", day: "2-digit", timeZone };

// A browser may know fewer zones than the server does: then it says its own time.
function knownZone(name) {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }) && name;
  } catch {
    return undefined;
  }
}

export function clockTime(moment) {
  return new Intl.DateTimeFormat("en-GB", CLOCK).format(moment);
}

export function dayAndTime(moment) {
  return `${new Intl.DateTimeFormat("sv-SE", DAY).format(moment)} ${clockTime(moment)}`;
}
