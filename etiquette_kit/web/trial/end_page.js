// The last page: what is still open, and the answers as a file or as text.
import { el, fill, heading } from "../shared/dom.js";
import { fileName, fileText, textBlock } from "./answer_file.js";
import { isUntouched, missing } from "./answers.js";
import { drawButton } from "./choices.js";
import { drawRestart } from "./start_page.js";

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
    const state = count === 0 ? words.complete : isUntouched(form, answer) ? words.skipped : fill(words.open, { count });
    const text = fill(words.progress, { number: number + 1, total: form.situations.length });
    return el("li", {}, drawButton(`${text}: ${state}`, () => trial.go(number), { class: "ek-button trial-quiet" }));
  });
  return el("ul.trial-overview", {}, rows);
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
  const [saved, copy] = [el("p", { role: "status" }), el("p", { role: "status" })];
  const say = (part, text) => {
    part.className = "trial-note";
    part.textContent = text;
  };
  const field = el("textarea.trial-block", { id: "block", rows: 6, readonly: true, spellcheck: "false", onfocus: () => field.select() });
  const write = () => {
    trial.set(() => (answers.state.saved += 1));
    field.value = textBlock(form, answers.state);
  };
  const save = () => {
    write();
    const name = fileName(answers.state);
    saveFile(name, fileText(form, answers.state, 1));
    say(saved, fill(words.saved, { name }));
  };
  const copyText = async () => {
    write();
    say(copy, (await copied(field)) ? words.copied : words.copy_failed);
  };
  field.value = textBlock(form, { ...answers.state, saved: answers.state.saved + 1 });
  return [
    heading(1, words.end),
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
    drawRestart({ words, restart: trial.restart }),
  ];
}
