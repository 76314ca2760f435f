// A small button beside what it concerns; it never sends the form that it stands in.
export function smallButton(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary btn-small";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}
