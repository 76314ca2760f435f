// Adds up the questions and points of a blueprint while it is filled in, and what a class should earn of them.
const plain = (text) => Number(text.normalize("NFKC").trim());

const add = (form, output) => {
  let questions = 0;
  let points = 0;
  let [rated, earned] = [0, 0];
  for (const field of form.querySelectorAll("[data-count]")) {
    const count = plain(field.value);
    if (!Number.isInteger(count) || count < 1) continue;
    const row = field.closest("tr");
    const each = plain(row.querySelector("[data-points]").value);
    questions += count;
    const worth = Number.isFinite(each) ? Math.round(count * each * 100) : 0;
    points += worth;
    if (row.dataset.expected) {
      rated += worth;
      earned += worth * Number(row.dataset.expected);
    }
  }
  const said = [output.dataset.total.replace("{n}", questions).replace("{p}", points / 100)];
  if (rated) said.push(output.dataset.expectedTotal.replace("{d}", `${Math.round((100 * earned) / rated)} %`));
  output.textContent = said.join(" · ");
};

for (const form of document.querySelectorAll("form[data-blueprint]")) {
  const output = form.querySelector("[data-total]");
  output.hidden = false;
  form.addEventListener("input", () => add(form, output));
  add(form, output);
}
