// Changes the theme in place; the server keeps the choice for the next page.
const MEDIA = { light: "not all", dark: "screen", auto: "screen and (prefers-color-scheme: dark)" };

function wear(theme) {
  document.documentElement.dataset.bsTheme = theme;
  document.querySelector("link[data-dark]").media = MEDIA[theme];
}

for (const form of document.querySelectorAll("form[data-theme-switch]")) {
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!pressed || !(pressed.value in MEDIA)) return;
    event.preventDefault();
    wear(pressed.value);
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === pressed));
    }
    const body = new URLSearchParams(new FormData(form));
    body.set(pressed.name, pressed.value);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  });
}
