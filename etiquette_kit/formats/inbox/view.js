// A morning on the phone: each request and message is decided, in any order, and takes minutes. Afterwards the day stands as a picture,
// and below it what the article says of each decision. The message looks as in a choice (../choice/view.css).
import { drawAgreement, drawKeptTitle } from "../../web/shared/answer_parts.js";
import { el, heading, put } from "../../web/shared/dom.js";
import { drawFit, drawSource, drawTag } from "../../web/shared/grade.js";

// The order of the decisions counts: one that is changed is made anew, at the end.
export function decide(decided, item, action) {
  return [...decided.filter(([name]) => name !== item), [item, action]];
}

// The minutes used, and the items whose action came when they no longer sufficed for it.
export function spendMinutes(decided, { items, budget }) {
  let used = 0;
  const late = new Map();
  for (const [name, chosen] of decided) {
    const action = items.find(({ id }) => id === name).actions.find(({ id }) => id === chosen);
    used += action.minutes;
    if (action.late && used > budget) late.set(name, action.late);
  }
  return { used, late };
}

// A response is sent as pairs, [["a", "ignore"]]; the kernel returns it as text, "a:ignore".
export function decisionsOf(response) {
  return response.split(" ").map((part) => part.split(":"));
}

function drawMailTexts({ message, wish }) {
  return [message ? el("blockquote.ek-quote", {}, el("p", {}, message)) : null, wish ? el("p.ek-wish", {}, wish) : null];
}

function drawSender(item, state) {
  const from = [
    el("span.ek-name", {}, item.person),
    " ", // for reading aloud: without it, the words run together
    el("span.ek-role", {}, item.role),
    " ",
    el("span.ek-occasion-line", {}, `${item.time} · ${item.occasion}`),
    item.message ? [" ", el("span.ek-preview", {}, item.message)] : null,
  ];
  return el("summary", {}, el("span.ek-avatar", { "aria-hidden": "true" }, item.initials), el("span.ek-from", {}, from), " ", state);
}

function drawDecision(item, { id, label, cost }, { name, chosen, pick }) {
  const radio = el("input", { type: "radio", name, value: id, checked: id === chosen, onchange: () => pick(item.id, id) });
  return el("label.ek-action", {}, radio, el("span.ek-action-label", {}, label), el("span.ek-cost", {}, cost));
}

function drawMail(card, question, item, { chosen, pick }) {
  const state = el("span.ek-state");
  const late = el("p.ek-late");
  const name = `ek-${card.name}-${question.id}-${item.id}`;
  const actions = item.actions.map((action) => drawDecision(item, action, { name, chosen, pick }));
  const group = el("fieldset.ek-decide", {}, el("legend", {}, question.decide), actions, late);
  const node = el("li.ek-mail", {}, el("details", {}, drawSender(item, state), drawMailTexts(item), group));
  return { node, state, late };
}

function drawMorning(card, page) {
  const { question } = page;
  const { id, items } = question;
  const decided = () => card.picked.get(id) ?? [];
  const status = el("p.ek-missing", { role: "status", "aria-live": "polite" });
  const left = el("strong");
  const waiting = el("span");
  const level = el("span.ek-level");
  let asked = false; // what stays open was said
  const pick = (item, action) => {
    card.picked.set(id, decide(decided(), item, action));
    asked = false;
    put(status, "");
    show();
  };
  const drawn = items.map((item) => drawMail(card, question, item, { chosen: decided().find(([name]) => name === item.id)?.[1], pick }));
  function show() {
    const { used, late } = spendMinutes(decided(), question);
    put(left, question.left[used]);
    put(waiting, question.waiting[items.length - decided().length]);
    level.style.inlineSize = `${Math.min(100, (100 * used) / question.budget)}%`;
    items.forEach((item, place) => {
      const chosen = decided().find(([name]) => name === item.id)?.[1];
      const action = item.actions.find((one) => one.id === chosen);
      put(drawn[place].state, action ? `${action.label} · ${action.cost}` : question.undecided);
      drawn[place].node.classList.toggle("ek-decided", Boolean(action));
      put(drawn[place].late, late.get(item.id) ?? "");
    });
  }
  show();
  const bar = el(
    "div.ek-budget",
    {},
    el("p", { role: "status", "aria-live": "polite" }, left, " · ", waiting),
    el("span.ek-meter", { "aria-hidden": "true" }, level),
  );
  return {
    nodes: [
      heading(3, question.ask),
      el("p.ek-hint", {}, question.rule),
      el("ul.ek-mails", { role: "list" }, drawn.map(({ node }) => node)),
      bar,
      status,
    ],
    submit: question.submit,
    respond: () => (decided().length && (asked || decided().length === items.length) ? decided() : null),
    askForOne: () => {
      asked = decided().length > 0;
      put(status, asked ? question.confirm[items.length - decided().length - 1] : question.nothing);
      status.scrollIntoView({ block: "nearest" });
    },
  };
}

function drawMorningKept(card, page) {
  const { items, undecided } = page.question;
  const chosen = new Map(page.chosen ? decisionsOf(page.chosen) : []);
  const entries = items.map((item) => {
    const action = item.actions.find(({ id }) => id === chosen.get(item.id));
    return el("li.ek-kept", {}, el("p.ek-badge", {}, action ? action.label : undecided), `${item.person}, ${item.role}`);
  });
  const title = drawKeptTitle(card, page);
  return { nodes: [title, el("ul.ek-results", {}, entries)], focus: title };
}

// Where a decision lies in the morning; the words beside it say the same.
function drawDaySpan({ start, minutes }, { budget, length }) {
  const span = el("span.ek-span");
  span.style.insetInlineStart = `${(100 * start) / length}%`;
  span.style.inlineSize = `${(100 * minutes) / length}%`;
  const end = el("span.ek-day-end");
  end.style.insetInlineStart = `${(100 * budget) / length}%`;
  return el("span.ek-day-track", { "aria-hidden": "true" }, span, end);
}

function drawMorningDay(feedback) {
  const rows = feedback.day.map((part) =>
    el(
      part.late ? "li.ek-day-part.ek-too-late" : "li.ek-day-part",
      {},
      el("p", {}, el("strong", {}, part.person), ` · ${part.action} · ${part.when}`),
      drawDaySpan(part, feedback),
      part.late ? el("p.ek-late", {}, part.late) : null,
    ),
  );
  return el(
    "div.ek-day",
    {},
    heading(3, feedback.day_title),
    rows.length ? el("ol", {}, rows) : el("p", {}, feedback.no_day),
    el("p.ek-hint", {}, feedback.end),
    el("p.ek-waited", {}, feedback.waited),
  );
}

function drawJudged(card, judged, item, passages, open) {
  const verdict = el("span.ek-verdict", {}, judged.grade ? drawFit(judged.grade) : null, el("strong", {}, judged.verdict));
  return el(
    "li.ek-result",
    { "data-grade": judged.grade || null },
    el(
      "details.ek-unfolds.ek-judged",
      { open },
      el("summary", {}, el("span.ek-unfolds-line", {}, verdict, el("span.ek-label", {}, `${item.person} · ${judged.yours}`))),
      el("p.ek-role", {}, `${item.role} · ${item.occasion}`),
      drawMailTexts(item),
      judged.best ? el("p.ek-best", {}, judged.best) : null,
      drawTag(judged),
      el("p", {}, el("span.ek-runin", {}, card.words("why")), judged.reason),
      judged.source ? drawSource(judged, passages) : null,
    ),
  );
}

function drawMorningFeedback(card, page, feedback) {
  const items = new Map(page.question.items.map((item) => [item.id, item]));
  const judged = feedback.items.map((one, place) => drawJudged(card, one, items.get(one.id), feedback.passages, place === 0 && Boolean(one.best)));
  const title = heading(3, feedback.summary, { class: "ek-summary" });
  const message = el("div.ek-message", {}, title, drawAgreement(feedback), feedback.unscored ? el("p", {}, feedback.unscored) : null);
  return {
    nodes: [message, drawMorningDay(feedback)],
    rest: [heading(3, feedback.items_title), el("ul.ek-results", {}, judged)],
    focus: title,
  };
}

export function inbox(card, page) {
  if (page.revealed) return drawMorningFeedback(card, page, card.model.get("feedback"));
  return page.open ? drawMorning(card, page) : drawMorningKept(card, page);
}
