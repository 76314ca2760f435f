// Tells that the learner left the page, or came back to it: noted in the attempt's record, and no verdict.

// What an event of the page as a whole is about.
const PAGE = { dataset: { seq: 0, item: null } };

// note(kind, page) sends an event. Nothing is watched where the form does not ask for it.
export function watchFocus(form, note) {
  if (!("watch" in form.dataset)) return;
  let isAway = false;
  const turn = (isGone) => {
    if (isGone === isAway) return;
    isAway = isGone;
    note(isGone ? "blur" : "focus", PAGE);
  };
  addEventListener("blur", () => turn(true));
  addEventListener("focus", () => turn(document.hidden));
  document.addEventListener("visibilitychange", () => turn(document.hidden || !document.hasFocus()));
  // going on to another page of the exam is not leaving it
  addEventListener("pagehide", () => {
    isAway = true;
  });
  addEventListener("pageshow", () => {
    isAway = document.hidden || !document.hasFocus();
  });
}
