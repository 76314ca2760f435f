// Sends the sign-in form again by itself while the server is crowded; the password stays in the page.
const STATUS_BUSY = 503;
const LONGEST_PAUSE = 15;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// A pause that grows, and differs from browser to browser, so that a class does not come back at once.
function nextPause(answer, tries) {
  const least = Number(answer.headers.get("Retry-After")) || 2;
  const spread = Math.min(least * 2 ** tries, LONGEST_PAUSE);
  return least + Math.random() * spread;
}

function say(status, text, refused) {
  status.textContent = text;
  status.classList.toggle("notice-danger", refused);
  status.hidden = false;
}

async function knock(form, fields) {
  return fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
}

async function signIn(form, status) {
  const fields = new FormData(form);
  for (let tries = 0; ; tries += 1) {
    const answer = await knock(form, fields);
    if (answer.ok) {
      location.assign((await answer.json()).next);
      return;
    }
    if (answer.status !== STATUS_BUSY) {
      say(status, (await answer.json()).message, true);
      form.elements.password.select();
      return;
    }
    say(status, form.dataset.busy, false);
    await pause(nextPause(answer, tries));
  }
}

function bind(form) {
  const status = form.querySelector("[data-sign-in-status]");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    status.hidden = true;
    signIn(form, status)
      .catch(() => form.submit())
      .finally(() => {
        button.disabled = false;
      });
  });
}

document.querySelectorAll("form[data-sign-in]").forEach(bind);
