// One option cannot be best and worst: choosing it as one takes the other away. Arrow keys pass through
// options on their way, so with the keyboard the choice stands when the focus leaves the row of buttons.
function settle(list, kept) {
  if (!kept.checked || kept.value === "") return;
  for (const input of kept.closest(".judged-row").querySelectorAll("input")) {
    if (input === kept || !input.checked) continue;
    list.querySelector(`.judged-none input[name="${input.name}"]`).checked = true;
  }
}

for (const list of document.querySelectorAll("[data-best-worst]")) {
  list.addEventListener("click", (event) => {
    const isPointer = event.detail > 0;
    if (isPointer && event.target.matches("input")) settle(list, event.target);
  });
  list.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (!next || next.name !== event.target.name) settle(list, event.target);
  });
}
