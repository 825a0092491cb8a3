// Two people, each with yes and no.
import { el, heading } from "../../web/shared/dom.js";

export function two_people(card, page) {
  const { id, people } = page.question;
  if (page.revealed) {
    const title = heading(3, card.model.get("feedback").summary);
    return { nodes: [title], focus: title };
  }
  const said = card.picked.get(id) ?? {};
  const groups = ["client", "boss"].map((who) => {
    const choices = ["yes", "no"].map((value) => {
      const radio = el("input", { type: "radio", name: `${id}-${who}`, value, checked: said[who] === value });
      radio.addEventListener("change", () => card.picked.set(id, { ...card.picked.get(id), [who]: value }));
      return el("label", {}, radio, value);
    });
    return el("fieldset", {}, el("legend", {}, who), choices);
  });
  return {
    nodes: [el("p", {}, people.join(", ")), ...groups],
    respond: () => (Object.keys(card.picked.get(id) ?? {}).length === 2 ? card.picked.get(id) : null),
  };
}
