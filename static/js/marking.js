// Marking points add up in the points field; digits tick them, Ctrl+Enter saves.
const form = document.querySelector("form[data-marking]");

function total(boxes, most) {
  const cents = boxes
    .filter((box) => box.checked)
    .reduce((sum, box) => sum + Math.round(Number(box.dataset.points) * 100), 0);
  return String(Math.min(cents / 100, most));
}

function isTyping(target) {
  return target.matches("textarea, input:not([type=checkbox]):not([type=radio])");
}

if (form) {
  const boxes = [...form.querySelectorAll("input[name=awarded]")];
  const points = form.elements.points;
  const most = Number(form.dataset.max);
  const addUp = () => {
    points.value = total(boxes, most);
    points.removeAttribute("aria-invalid");
  };
  for (const box of boxes) box.addEventListener("change", addUp);
  document.querySelector("[data-keys]").hidden = false;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const box = boxes[Number(event.key) - 1];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!box || !isPlain || isTyping(event.target)) return;
    event.preventDefault();
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
