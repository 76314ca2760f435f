// The files that are part of an answer: a tick each.
import { filled } from "./words.js";

// Returns the tick of a file, made if the list has none: another window may have handed the file in. name: what it
// is called, where that is known; else as the page knows it, or by the beginning of its digest.
export function tickOf(box, sha256, name) {
  const present = box.querySelector(`.file-list input[value="${CSS.escape(sha256)}"]`);
  if (present) return present;
  const known = JSON.parse(box.dataset.files)[sha256];
  const row = document.createElement("li");
  const label = document.createElement("label");
  label.className = "file-kept";
  const tick = document.createElement("input");
  Object.assign(tick, { type: "checkbox", name: box.dataset.name, value: sha256 });
  const text = document.createElement("span");
  text.textContent = name ?? known ?? filled(box.dataset.unnamed, { digest: sha256.slice(0, 6) });
  label.append(tick, text);
  row.append(label);
  box.querySelector(".file-list").append(row);
  return tick;
}
