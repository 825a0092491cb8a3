// The last page: what is still open, and the answers as a file or as a code.
import { el, fill, heading } from "../shared/dom.js";
import { fileName, fileText, isOutdated, isSaved, numbered, textBlock } from "./answer_file.js";
import { isUntouched, missing } from "./answers.js";
import { drawButton } from "./choices.js";
import { tell } from "./note.js";
import { drawRestart } from "./start_page.js";

const DONE = "trial-note trial-done";

function saveFile(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = el("a", { href: url, download: name });
  document.body.append(link); // some browsers follow only a link that is on the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function drawOverview(trial) {
  const { form } = trial;
  const { words } = form;
  const rows = form.situations.map((situation, number) => {
    const answer = trial.answerOf(number);
    const count = missing(form, answer);
    const state = count === 0 ? words.complete : isUntouched(form, answer) ? words.untouched : fill(words.open, { count });
    const text = fill(words.progress, { number: number + 1, total: form.situations.length });
    const parts = [el("span.trial-place", {}, `${text}:`), " ", el("span", {}, state)];
    return el("li", {}, drawButton(parts, () => trial.go(number)));
  });
  return el("ul.trial-overview", {}, rows);
}

// Before saving: how many questions are open, and the way to the first situation that has one.
function drawOpen(trial) {
  const { form } = trial;
  const { words } = form;
  const counts = form.situations.map((_, number) => missing(form, trial.answerOf(number)));
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (!count) return null;
  const there = drawButton(words.to_open, () => trial.go(counts.findIndex(Boolean)));
  return el("div.trial-note", {}, el("p", {}, el("strong", {}, fill(words.open, { count })), ". ", words.open_hint), there);
}

async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch (error) {
    field.select(); // a page that was opened from a file may not write to the clipboard by itself
    return document.execCommand("copy");
  }
}

export function drawEnd(trial) {
  const { form, answers } = trial;
  const { words } = form;
  const [before, saved, copy] = [1, 2, 3].map(() => el("p", { role: "status" }));
  const write = () => {
    trial.set(() => (answers.state = numbered(form, answers.state)));
    field.value = textBlock(form, answers.state);
    [before, saved, copy].forEach((part) => tell(part, ""));
  };
  const save = () => {
    write();
    const name = fileName(form, answers.state);
    saveFile(name, fileText(form, answers.state, 1));
    tell(saved, fill(words.saved, { name }), DONE);
  };
  const copyText = async () => {
    write();
    if (await copied(field)) tell(copy, words.copied, DONE);
    else tell(copy, words.copy_failed);
  };
  const copyByHand = () => {
    if (field.selectionEnd - field.selectionStart < field.value.length) return;
    write();
    tell(copy, words.copied, DONE);
  };
  const listeners = { onfocus: () => field.select(), oncopy: copyByHand };
  const field = el("textarea.trial-block", { id: "block", rows: 6, readonly: true, spellcheck: "false", ...listeners });
  field.value = textBlock(form, numbered(form, answers.state));
  tell(before, isOutdated(form, answers.state) ? words.outdated : "");
  if (isSaved(form, answers.state)) tell(before, words.unchanged, DONE);
  return [
    heading(1, words.end),
    before,
    drawOpen(trial),
    el("p", {}, words.end_text),
    heading(2, words.way_file),
    el("p", {}, words.way_file_text),
    el("div.trial-actions", {}, drawButton(words.save, save, { class: "ek-button ek-primary" })),
    saved,
    heading(2, words.way_text),
    el("p", {}, words.way_text_text),
    el("div.trial-actions", {}, drawButton(words.copy, copyText)),
    copy,
    el("label", { for: "block" }, words.block),
    field,
    heading(2, words.overview),
    drawOverview(trial),
    el("div.trial-actions", {}, drawButton(words.back, () => trial.go(form.situations.length - 1))),
    drawRestart(trial),
  ];
}
