// Asks once more before a button with data-confirm sends its form.
function dialogFor(button) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("aria-label", button.textContent.trim());
  const text = document.createElement("p");
  text.textContent = button.dataset.confirm;
  const actions = document.createElement("div");
  actions.className = "actions";
  const go = button.cloneNode(true);
  go.type = "button";
  delete go.dataset.confirm;
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "btn btn-secondary";
  stay.textContent = button.dataset.cancel;
  actions.append(go, stay);
  dialog.append(text, actions);
  return { dialog, go, stay };
}

function ask(button, send) {
  const { dialog, go, stay } = dialogFor(button);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
  });
  stay.addEventListener("click", () => dialog.close());
  go.addEventListener("click", () => {
    dialog.close();
    send();
  });
  dialog.showModal();
  stay.focus();
}

if (typeof HTMLDialogElement === "function") {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.dataset.confirm || button.dataset.confirmed) return;
    event.preventDefault();
    ask(button, () => {
      button.dataset.confirmed = "yes";
      event.target.requestSubmit(button);
      delete button.dataset.confirmed;
    });
  });
}
