// Files that a card hands out.
import { el } from "../shared/dom.js";

export function saveFile(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

// A file comes beside the page, only when it was asked for.
export function handOut(model) {
  const take = (message) => message?.file && saveFile(message.file, message.type, message.text);
  model.on("msg:custom", take);
  return () => model.off("msg:custom", take);
}
