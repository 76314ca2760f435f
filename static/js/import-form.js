// Asks for title and short name of a new quiz before a file is sent: a browser cannot keep the file.
for (const form of document.querySelectorAll("form[data-new-quiz]")) {
  const to = form.elements.namedItem("to");
  const needed = [form.elements.namedItem("title"), form.elements.namedItem("slug")];
  const ask = () => {
    for (const field of needed) field.required = !to.value;
  };
  form.noValidate = false;
  to.addEventListener("change", ask);
  ask();
}
