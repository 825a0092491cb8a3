// A situation in the room: hands, talk, hands again, the answer.
import { button } from "../../shared/controls.js";
import { el, heading } from "../../shared/dom.js";
import { drawHouse } from "../../shared/house.js";
import { drawLetter, drawPerson, drawStem } from "../../shared/situation.js";
import { drawOverview, drawReasons } from "./answer.js";
import { asked, drawFoot } from "./foot.js";
import { Fields, forgetTyped } from "./hands.js";

const place = (page) => ({ position: page.position, phase: page.phase });
const primary = { class: "ek-button ek-primary" };

function drawOption(letter, label, ...more) {
  return el("li", { class: "ek-kept ek-lettered" }, drawLetter(letter, { "aria-hidden": "true" }), el("span", {}, label), more);
}

function drawOptions(page, more = () => []) {
  const items = page.question.options.map(({ id, label }, index) => drawOption(page.letters[index], label, ...more(id, page.letters[index])));
  return el("ol", { class: "ek-results" }, items);
}

function drawTalk(page) {
  const { title, lead, questions } = page.discuss;
  return el(
    "div",
    { class: "ek-talk" },
    heading(3, title),
    el("p", { class: "ek-lead" }, lead),
    el("ul", {}, questions.map((question) => el("li", {}, question))),
  );
}

// A show of hands: the fields, and the button that sends them on the usual way.
function drawShowOfHands(card, page, title, to, text) {
  const send = (there) => card.ask({ do: "count", ...fields.read(), to: there, ...place(page) });
  const fields = new Fields(card, page, () => send(to));
  const list = drawOptions(page, (option, letter) => fields.of(option, letter));
  const way = button(text, () => send(to), primary);
  fields.focusAfter(card.moved && Object.keys(page.wrong).length > 0, way);
  return { nodes: [heading(3, title), list, ...fields.totals], way, send };
}

function drawEarly(card, act) {
  return button(card.words("to_reveal"), asked(card, card.words("reveal_ask"), card.words("reveal_yes"), act));
}

function drawCorrection(card, page) {
  const submit = () => card.ask({ do: "correct", ...fields.read(), ...place(page) });
  const fields = new Fields(card, page, submit);
  const save = button(card.words("save"), submit, primary);
  const cancel = button(card.words("cancel"), () => {
    forgetTyped(card, page);
    card.ask({ do: "open", open: false, ...place(page) });
  });
  const head = el("p", { class: "ek-fields ek-fields-head", "aria-hidden": "true" }, [card.words("first"), card.words("second")].map((name) => el("span", {}, name)));
  const nodes = [heading(3, card.words("correct")), head, drawOverview(card, page, fields), el("div", { class: "ek-fields" }, fields.totals)];
  fields.focusAfter(card.moved && Object.keys(page.wrong).length > 0, save);
  return { nodes, ways: [save, cancel], asides: [] };
}

function drawAnswer(card, page, onward) {
  const { title, summary } = page.revealed;
  const open = () => card.ask({ do: "open", open: true, ...place(page) });
  return {
    nodes: [heading(3, title), el("p", { class: "ek-lead" }, summary), drawOverview(card, page), drawHouse(page.house, { hint: true }) ?? [], drawReasons(card, page)].flat(),
    ways: [onward],
    asides: [button(card.words("correct"), open)],
  };
}

function drawBody(card, page, onward) {
  const go = (to) => () => card.ask({ do: "go", to, ...place(page) });
  switch (page.phase) {
    case "vote": {
      const { nodes, way, send } = drawShowOfHands(card, page, card.words("vote"), "discuss", card.words("to_discuss"));
      return { nodes, ways: [way], asides: [drawEarly(card, () => send("reveal")), onward] };
    }
    case "discuss": {
      const ways = [button(card.words("to_revote"), go("revote"), primary), button(card.words("to_vote"), go("vote"))];
      return { nodes: [drawTalk(page), drawOptions(page)], ways, asides: [drawEarly(card, go("reveal")), onward] };
    }
    case "revote": {
      const { nodes, way } = drawShowOfHands(card, page, card.words("revote"), "reveal", card.words("to_reveal"));
      return { nodes, ways: [way, button(card.words("to_talk"), go("discuss"))], asides: [onward] };
    }
    default:
      return page.open ? drawCorrection(card, page) : drawAnswer(card, page, onward);
  }
}

export function roundPage(card, page) {
  const title = heading(2, page.question.title);
  const go = (action) => () => card.ask({ do: action, ...place(page) });
  const onward =
    page.phase === "reveal"
      ? button(page.last ? card.words("finish") : card.words("next"), go("next"), primary)
      : button(card.words("skip"), go("next"));
  const body = drawBody(card, page, onward);
  const back = page.position > 0 && !page.open ? button(card.words("back"), go("back")) : null;
  const situation = el("div", { class: "ek-situation" }, drawPerson(page.question), title, drawStem(page.question));
  const answers = el("div", { class: "ek-answers" }, body.nodes);
  const stage = el("div", { class: "ek-stage", "data-phase": page.phase }, situation, answers);
  const focus = page.phase === "vote" ? title : (answers.querySelector("h3") ?? title);
  return { nodes: [stage, drawFoot(card, page, body.ways, [back, ...body.asides].filter(Boolean))], focus };
}
