// Warns before a page with unsaved words is left.
const changed = new Set();

for (const form of document.querySelectorAll("form[data-unsaved]:not([data-events])")) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", (event) => {
    queueMicrotask(() => {
      if (!event.defaultPrevented) changed.delete(form);
    });
  });
}

window.addEventListener("beforeunload", (event) => {
  if (changed.size === 0) return;
  event.preventDefault();
  event.returnValue = "";
});
