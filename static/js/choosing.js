// Counts the questions of the bank that are ticked, on this page and on others.
const form = document.querySelector("[data-choosing]");
const told = form?.querySelector("[data-chosen]");

function count() {
  const ticked = form.querySelectorAll("[name=item]:checked").length;
  told.querySelector("[data-number]").textContent = String(ticked);
  told.hidden = !ticked;
}

if (told) {
  form.addEventListener("change", count);
  // a browser that goes back ticks what was ticked
  window.addEventListener("pageshow", count);
}
