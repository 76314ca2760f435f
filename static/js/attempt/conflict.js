// Two windows answered the same item: both answers are shown, and the learner says which one counts.
import { smallButton } from "../shared/small-button.js";
import { describe } from "./answers.js";

function line(label, text) {
  const made = document.createElement("p");
  const name = document.createElement("strong");
  name.textContent = label;
  made.append(name, " ", text);
  return made;
}

// choose(keepsMine) is called once.
export function askWhich(item, words, answers, choose) {
  item.querySelector(".conflict")?.remove();
  const box = document.createElement("div");
  box.className = "conflict";
  box.setAttribute("role", "alert");
  const told = document.createElement("p");
  told.textContent = words.conflict;
  const actions = document.createElement("div");
  actions.className = "actions";
  const end = (keepsMine) => {
    box.remove();
    choose(keepsMine);
  };
  actions.append(smallButton(words.mine, () => end(true)), smallButton(words.theirs, () => end(false)));
  box.append(
    told,
    line(words.there, describe(item, answers.theirs, words.nothing)),
    line(words.here, describe(item, answers.mine, words.nothing)),
    actions,
  );
  item.querySelector(".stem").after(box);
}
