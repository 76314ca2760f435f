// Adds up the questions and points of a blueprint while it is filled in.
const plain = (text) => Number(text.normalize("NFKC").trim());

const add = (form, output) => {
  let questions = 0;
  let points = 0;
  for (const field of form.querySelectorAll("[data-count]")) {
    const count = plain(field.value);
    if (!Number.isInteger(count) || count < 1) continue;
    const each = plain(field.closest("tr").querySelector("[data-points]").value);
    questions += count;
    points += Number.isFinite(each) ? Math.round(count * each * 100) : 0;
  }
  output.textContent = output.dataset.total.replace("{n}", questions).replace("{p}", points / 100);
};

for (const form of document.querySelectorAll("form[data-blueprint]")) {
  const output = form.querySelector("[data-total]");
  output.hidden = false;
  form.addEventListener("input", () => add(form, output));
  add(form, output);
}
