// The server has taken a text, or its author threw it away: this browser need not keep it any more.
import { LocalCopy } from "./shared/local-copy.js";

for (const { dataset } of document.querySelectorAll("[data-taken]")) {
  new LocalCopy(dataset.person, dataset.taken).remove();
}
