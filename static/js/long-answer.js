// Lets a long answer grow with its text and says how long it is.
function length(text) {
  const chinese = text.match(/\p{Script=Han}/gu) || [];
  const words = text.replace(/\p{Script=Han}/gu, " ").match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) || [];
  return chinese.length + words.length;
}

function grow(area) {
  const top = window.scrollY;
  area.rows = area.dataset.rows;
  while (area.scrollHeight > area.clientHeight + 2 && area.rows < 60) area.rows += 1;
  window.scrollTo(window.scrollX, top);
}

for (const area of document.querySelectorAll("textarea[data-grow]")) {
  area.dataset.rows = area.rows;
  const count = document.createElement("p");
  count.className = "count";
  area.after(count);
  const pattern = area.dataset.words || area.dataset.count;
  const show = () => {
    grow(area);
    count.textContent = pattern.replace("{n}", length(area.value));
  };
  area.addEventListener("input", show);
  area.addEventListener("painted", show);
  show();
}
