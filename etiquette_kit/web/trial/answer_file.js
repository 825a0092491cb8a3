// The answers as a file, and as a block of text for an e-mail.

import { fill } from "../shared/dom.js";

const LINE = 60;

function answerOf({ id, text }, { order, understood, grades, clear, realistic, remark, guess }) {
  return { scenario: id, text, order, understood, grades, clear, realistic, remark: remark.trim(), guess };
}

// indent: how far the file is indented, for somebody who looks into it.
export function fileText(form, { reader, saved, answers }, indent = 0) {
  const { format, version, lang, situations } = form;
  const given = situations.map((situation) => answerOf(situation, answers[situation.id]));
  return JSON.stringify({ format, version, lang, reader, saved, answers: given }, null, indent);
}

export function fileName({ words }, { reader, saved }) {
  return fill(words.file_name, { reader: reader.slice(0, 6), saved });
}

// CRC-32, as in zip files.
export function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ((rest ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

// The answers in short lines, and characters that no mail program changes; what it puts between them is left out when the block is read.
export function textBlock(form, state) {
  const bytes = new TextEncoder().encode(fileText(form, state));
  const body = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/=+$/, "");
  const block = `[${form.format}-${form.version}:${body}:${checksum(bytes)}]`;
  return block.match(new RegExp(`.{1,${LINE}}`, "g")).join("\n");
}

function contentSum(form, state) {
  return checksum(new TextEncoder().encode(fileText(form, { ...state, saved: 0 })));
}

export function isSaved(form, state) {
  return state.saved > 0 && state.savedSum === contentSum(form, state);
}

export function isOutdated(form, state) {
  return state.saved > 0 && !isSaved(form, state);
}

// What is saved again without a change keeps its number: a second click makes no other answers.
export function numbered(form, state) {
  return isSaved(form, state) ? state : { ...state, saved: state.saved + 1, savedSum: contentSum(form, state) };
}
