// A mailbox: which messages are answered now is ticked.
import { el, heading } from "../../web/shared/dom.js";

export function mailbox(card, page) {
  const { id, items } = page.question;
  if (page.revealed) {
    const title = heading(3, card.model.get("feedback").summary);
    return { nodes: [title], focus: title };
  }
  const boxes = items.map((item) => el("input", { type: "checkbox", value: item.id }));
  const labels = items.map((item, position) => el("label", {}, boxes[position], item.message));
  return {
    nodes: [el("fieldset", {}, el("legend", {}, id), labels)],
    respond: () => Object.fromEntries(boxes.map((box) => [box.value, box.checked ? "now" : "later"])),
  };
}
