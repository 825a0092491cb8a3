// The time that is left for a vote. The server says how much it was when it sent it; from there on the page counts by itself.

export const now = () => performance.now() / 1000; // seconds

export function remaining(left, passed) {
  return Math.max(0, Math.ceil(left - passed));
}

export function spokenTime(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
