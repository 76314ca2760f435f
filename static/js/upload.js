// Sends a chosen file at once, so that saving the paper does not wait for it. Without it the file goes
// with the form.
import { tickOf } from "./shared/file-list.js";
import { filled } from "./shared/words.js";

async function send(box, file) {
  const body = new FormData();
  body.append("file", file);
  body.append("item", box.dataset.chosenAt);
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "X-CSRF-Token": token, Accept: "application/json" };
  const response = await fetch(box.dataset.upload, { method: "POST", body, headers });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function list(box, kept) {
  const tick = tickOf(box, kept.sha256, kept.name);
  tick.checked = true;
  tick.dispatchEvent(new Event("input", { bubbles: true }));
}

// files that are on their way: who leaves now is asked
let sending = 0;
addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});

for (const box of document.querySelectorAll("[data-upload]")) {
  const field = box.querySelector('input[type="file"]');
  const state = box.querySelector("[data-upload-state]");
  field.addEventListener("change", async () => {
    const files = [...field.files];
    for (const file of files) {
      state.textContent = filled(box.dataset.sending, { name: file.name });
      sending += 1;
      try {
        list(box, await send(box, file));
        state.textContent = filled(box.dataset.sent, { name: file.name });
      } catch (error) {
        const isOffline = error instanceof TypeError || error instanceof SyntaxError;
        state.textContent = isOffline ? filled(box.dataset.failed, { name: file.name }) : error.message;
        return;
      } finally {
        sending -= 1;
      }
    }
    field.value = "";
  });
}
