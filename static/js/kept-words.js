// Words that the server does not have yet (the reason of a decision, the answer to a question of a case) stay in this
// tab for the person who wrote them: a phone throws pages away, and a network fails just when a form is sent.
import { LocalCopy, forgetCopies, ofTab } from "./shared/local-copy.js";

function keep(area, copy, taken) {
  const note = () => {
    if (area.value.trim()) copy.write({ text: area.value, at: Date.now() });
    else copy.remove();
  };
  const left = copy.read();
  if (left && !area.value.trim()) {
    area.value = left.text;
    const said = document.createElement("p");
    said.className = "field-note";
    said.textContent = taken;
    area.closest(".field").append(said);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (area.value.trim()) {
    // somebody was quicker than this script
    note();
  }
  area.addEventListener("input", note);
}

for (const box of document.querySelectorAll("[data-words-of]")) {
  const { wordsOf, wordsPerson, wordsTaken } = box.dataset;
  const areas = new Map(
    [...box.querySelectorAll("textarea[data-keep]")].map((area) => [`${wordsOf}-${area.dataset.keep}`, area]),
  );
  for (const [name, area] of areas) keep(area, new LocalCopy(wordsPerson, name, ofTab), wordsTaken);
  // the server has what is not asked any more, or it is over
  forgetCopies(ofTab, wordsPerson, `${wordsOf}-`, areas);
}
