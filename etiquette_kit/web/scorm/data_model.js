// What SCORM 1.2 lets a course say, as far as this one says it: values that do not fit are not sent.
const LONGEST = 4096; // characters of suspend_data

const TIME = /^\d{2,4}:[0-5]\d:[0-5]\d\.\d{2}$/;
const isScore = (text) => /^\d{1,3}$/.test(text) && Number(text) <= 100;

const FITS = {
  "cmi.core.exit": (text) => ["", "suspend"].includes(text),
  "cmi.core.lesson_location": (text) => /^[ -~]{0,255}$/.test(text),
  "cmi.core.lesson_status": (text) => ["incomplete", "completed"].includes(text),
  "cmi.core.score.max": isScore,
  "cmi.core.score.min": isScore,
  "cmi.core.score.raw": isScore,
  "cmi.core.session_time": (text) => TIME.test(text),
  "cmi.suspend_data": (text) => text.length <= LONGEST && /^[!-~]*$/.test(text),
};

export function fits(name, text) {
  return FITS[name]?.(text) ?? false;
}

// A duration in milliseconds as HHHH:MM:SS.SS; the longest that can be written is just under 10,000 hours.
export function timespan(milliseconds) {
  const hundredths = Math.min(Math.max(0, Math.round(milliseconds / 10)), 3_600_000_000 - 1);
  const part = (size, count, width = 2) => String(Math.floor(hundredths / size) % count).padStart(width, "0");
  return `${part(360_000, 10_000, 4)}:${part(6000, 60)}:${part(100, 60)}.${part(1, 100)}`;
}

// What is kept in suspend_data: whose answers these are, the language, and the round.
const KEPT = /^e1\.([0-9a-f]{32})\.([a-zA-Z-]{2,8})\.([!-~]*)$/;

export function writeKept({ token, lang, round }) {
  return `e1.${token}.${lang}.${round}`;
}

export function readKept(text) {
  const [, token, lang, round] = KEPT.exec(text) ?? [];
  return token ? { token, lang, round } : null;
}
