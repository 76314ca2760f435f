// A button beside each question, to look at it again later.
export class Flags {
  // send(item, isFlagged)
  constructor(form, navigator, send) {
    this.navigator = navigator;
    this.send = send;
    this.buttons = new Map();
    for (const item of form.querySelectorAll("[data-item]")) this.equip(item);
  }

  equip(item) {
    const number = item.querySelector(".item-number")?.lastChild.textContent.trim();
    if (!number) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "flag";
    button.setAttribute("aria-label", this.navigator.words.flagName.replace("{number}", number));
    const text = document.createElement("span");
    text.textContent = this.navigator.words.flag;
    button.append(text);
    button.addEventListener("click", () => this.press(item));
    item.querySelector(".item-head").append(button);
    this.buttons.set(item.dataset.item, button);
    this.paint(item.dataset.item, "flagged" in item.dataset);
  }

  press(item) {
    const key = item.dataset.item;
    const isFlagged = this.buttons.get(key).getAttribute("aria-pressed") !== "true";
    this.paint(key, isFlagged);
    this.send(item, isFlagged);
  }

  paint(key, isFlagged) {
    this.buttons.get(key)?.setAttribute("aria-pressed", String(isFlagged));
    this.navigator.flag(key, isFlagged);
  }
}
