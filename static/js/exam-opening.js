// Loads the notice again when its exam opens, by the server's clock; not everybody in the same instant.
const LONGEST = 2 ** 31 - 1;
const SPREAD = 2000;

for (const note of document.querySelectorAll("[data-opens]")) {
  const left = Date.parse(note.dataset.opens) - Date.parse(note.dataset.now) - performance.now();
  const wait = Math.max(0, left) + 300 + Math.random() * SPREAD;
  if (wait < LONGEST) setTimeout(() => location.reload(), wait);
}
