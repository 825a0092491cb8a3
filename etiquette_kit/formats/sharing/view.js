// Who sees which post: a group of check boxes for each post, and below it the profile as each list sees it. The preview follows every
// check box: it shows what was decided, and nothing of how that is graded. The message after the answer looks as in a choice
// (../choice/view.css).
import { drawAgreement, drawKeptTitle } from "../../web/shared/answer_parts.js";
import { el, fill, heading } from "../../web/shared/dom.js";
import { drawSource, drawTag } from "../../web/shared/grade.js";

const FIRST_VIEW = "boss";

// A response is sent as an object, {party: ["friends"]}; the kernel returns it as text: a digit to the base of 32 for each post, sorted by
// id, whose bits are the lists.
export function gridOf(response, { posts, lists }) {
  const ids = posts.map(({ id }) => id).sort();
  const bits = Object.fromEntries(ids.map((id, place) => [id, Number.parseInt(response[place], 32)]));
  return Object.fromEntries(posts.map(({ id }) => [id, lists.filter((list, place) => (bits[id] >> place) & 1).map((list) => list.id)]));
}

function openToAll({ posts, lists }) {
  return Object.fromEntries(posts.map(({ id }) => [id, lists.map((list) => list.id)]));
}

const seenBy = (posts, grid, list) => posts.filter(({ id }) => grid[id].includes(list));

function seeing(lists, ids, { everyone, nobody }) {
  if (ids.length === lists.length) return everyone;
  return lists.filter(({ id }) => ids.includes(id)).map(({ name }) => name).join(", ") || nobody;
}

// What each list sees of the profile, one list at a time. state: {grid, view}.
function drawPreview(question, name, state) {
  const { posts, lists, counts, hidden } = question;
  const body = el("div.ek-profile-posts");
  const told = lists.map(() => el("span.ek-view-count"));
  const show = () => {
    const seen = seenBy(posts, state.grid, state.view);
    body.replaceChildren(
      ...seen.map((post) => el("div.ek-profile-post", {}, el("p.ek-post-name", {}, post.name), el("p", {}, post.text))),
      el("p.ek-profile-hidden", {}, hidden[posts.length - seen.length]),
    );
    for (const [place, { id }] of lists.entries()) told[place].textContent = counts[seenBy(posts, state.grid, id).length];
  };
  const views = lists.map(({ id, name: label }, place) => {
    const radio = el("input", { type: "radio", name, value: id, checked: id === state.view });
    radio.addEventListener("change", () => {
      state.view = id;
      show();
    });
    return el("label.ek-view", {}, radio, el("span.ek-view-name", {}, el("span", {}, label), " ", told[place]));
  });
  show();
  const root = el(
    "section.ek-preview",
    { "aria-label": question.preview },
    heading(3, question.preview),
    el("fieldset.ek-views", {}, el("legend", {}, question.seen_by), el("div.ek-view-row", {}, views)),
    el("div.ek-profile", {}, el("p.ek-profile-name", {}, question.profile), body),
  );
  return { root, show };
}

function drawPost({ lists }, { id, name, text }, prefix, grid, change) {
  const [named, described] = [`${prefix}-${id}-name`, `${prefix}-${id}-text`];
  const ticks = lists.map(({ id: list, name: label }) => {
    const box = el("input", { type: "checkbox", checked: grid[id].includes(list), "aria-label": `${label}: ${name}` });
    box.addEventListener("change", () => change(id, list, box.checked));
    return el("label.ek-tick", {}, box, el("span", {}, label));
  });
  return el(
    "div.ek-post",
    { role: "group", "aria-labelledby": named, "aria-describedby": described },
    el("p.ek-post-name", { id: named }, name),
    el("p.ek-post-text", { id: described }, text),
    el("div.ek-ticks", {}, ticks),
  );
}

function drawCounting({ counting_title: title, counting }) {
  return el("details.ek-source", {}, el("summary", {}, title), counting.map((line) => el("p", {}, line)));
}

function drawSharingForm(card, page) {
  const { question } = page;
  const { id, posts, lists, counts, said } = question;
  if (!card.picked.has(id)) card.picked.set(id, { grid: openToAll(question), view: FIRST_VIEW });
  const state = card.picked.get(id);
  const prefix = `ek-${card.name}-${id}`;
  const preview = drawPreview(question, `${prefix}-view`, state);
  const status = el("p.ek-unseen", { role: "status", "aria-live": "polite" });
  const change = (post, list, sees) => {
    const ids = new Set(state.grid[post]);
    if (sees) ids.add(list);
    else ids.delete(list);
    state.grid = { ...state.grid, [post]: lists.map((entry) => entry.id).filter((entry) => ids.has(entry)) };
    preview.show();
    status.textContent = fill(said, { list: lists.find((entry) => entry.id === list).name, count: counts[seenBy(posts, state.grid, list).length] });
  };
  return {
    nodes: [
      heading(3, question.ask),
      el("p.ek-hint", {}, question.hint),
      drawCounting(question),
      el("div.ek-posts", {}, posts.map((post) => drawPost(question, post, prefix, state.grid, change)), status),
      preview.root,
    ],
    respond: () => state.grid,
  };
}

function drawSharingKept(card, page) {
  const { question } = page;
  const grid = page.chosen ? gridOf(page.chosen, question) : null;
  const items = question.posts.map(({ id, name }) => {
    const given = grid ? el("p", {}, el("strong", {}, seeing(question.lists, grid[id], question))) : null;
    return el("li.ek-shared", {}, el("p", {}, name), given);
  });
  const title = drawKeptTitle(card, page);
  return { nodes: [title, el("ul.ek-results", {}, items)], focus: title };
}

function drawOutcome(outcome, passages) {
  const { name, seen, verdict, reached, reason, source } = outcome;
  const line = el(
    "p.ek-outcome-line",
    {},
    el("strong", {}, el("span", { "aria-hidden": "true" }, reached ? "✓ " : "– "), name),
    el("span.ek-badge", {}, seen),
    el("span", {}, verdict),
  );
  const why = reason ? el("p.ek-outcome-why", {}, reason, " ", drawTag(outcome)) : null;
  return el(reached ? "div.ek-outcome.ek-reached" : "div.ek-outcome", {}, line, why, source ? drawSource(outcome, passages) : null);
}

function drawPostAdvice({ name, seen, text }) {
  return el("div.ek-result", {}, el("p.ek-post-name", {}, name), el("p.ek-hint", {}, seen), el("p", {}, text));
}

function drawSharingFeedback(card, page, feedback) {
  const { question } = page;
  const title = heading(3, feedback.summary, { class: "ek-summary" });
  const outcomes = feedback.outcomes.map((outcome) => drawOutcome(outcome, feedback.passages));
  const preview = drawPreview(question, `ek-${card.name}-${question.id}-view`, { grid: gridOf(page.chosen, question), view: FIRST_VIEW });
  return {
    nodes: [el("div.ek-message", {}, title, drawAgreement(feedback)), heading(3, feedback.outcomes_title), ...outcomes, drawCounting(question)],
    rest: [
      preview.root,
      heading(3, feedback.advice_title),
      el("p.ek-note", {}, feedback.advice_note),
      el("div.ek-results", {}, feedback.advice.map(drawPostAdvice)),
    ],
    focus: title,
  };
}

export function sharing(card, page) {
  if (page.revealed) return drawSharingFeedback(card, page, card.model.get("feedback"));
  return page.open ? drawSharingForm(card, page) : drawSharingKept(card, page);
}
