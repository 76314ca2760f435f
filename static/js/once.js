// Sends a form with data-once only once: a second tap while the first is on its way is nothing. What was broken off
// may be sent again after a while, and so may a page that comes back as it was left.
const LONGEST = 15000;
const onTheWay = new Map();

// before anything else hears of it
addEventListener(
  "submit",
  (event) => {
    if (!onTheWay.has(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

// after everything else that may have held it back
addEventListener("submit", ({ target, defaultPrevented }) => {
  if (defaultPrevented || !("once" in target.dataset)) return;
  onTheWay.set(
    target,
    setTimeout(() => onTheWay.delete(target), LONGEST),
  );
});

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const timer of onTheWay.values()) clearTimeout(timer);
  onTheWay.clear();
});
