// Sends a form with a file by itself: says how far it is, and keeps the file chosen where the connection
// breaks. Sending the same file again does no harm. Without it the form goes as forms go.
import { filled } from "./shared/words.js";

function say(form, text, percent = null) {
  const box = form.querySelector(".sending");
  box.hidden = false;
  box.querySelector("p").textContent = text;
  box.querySelector("progress").hidden = percent === null;
  box.querySelector("progress").value = percent ?? 0;
}

const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

function send(form, button) {
  const request = new XMLHttpRequest();
  const failed = (text) => {
    button.disabled = false;
    say(form, text || form.dataset.broken);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const sent = { sent: megabytes(loaded), total: megabytes(total) };
    say(form, filled(form.dataset.sending, sent), total ? (100 * loaded) / total : 0);
  });
  request.addEventListener("error", () => failed());
  request.addEventListener("load", () => {
    const answer = answerOf(request);
    if (request.status === 200 && answer.next) window.location.assign(answer.next);
    else failed(answer.message);
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  button.disabled = true;
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll("[data-send-file]")) {
  form.addEventListener("submit", (event) => {
    const [file] = form.querySelector('input[type="file"]').files;
    if (!file) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.most)) {
      say(form, filled(form.dataset.tooLarge, { name: file.name }));
      return;
    }
    send(form, form.querySelector('button[type="submit"]'));
  });
}
