// What this phone keeps: its seat's token, its language, votes on their way; where it may not, until the page is left.
import { randomHex } from "../shared/random_hex.js";

const [code] = location.pathname.split("/").filter(Boolean).slice(-1);
const key = (name) => `etiquette-room-${code}${name}`;

export let blocked = false;

function get(name) {
  try {
    return JSON.parse(localStorage.getItem(key(name)));
  } catch {
    blocked = true;
    return null;
  }
}

export function set(name, value) {
  try {
    localStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    blocked = true;
  }
}

export let token = get("");

export function renew() {
  token = randomHex(16);
  set("", token);
}

if (!token) renew();

// The language chosen on the page, or the phone's first one of those.
export function language(known) {
  const spoken = [get("-lang"), ...navigator.languages.map((name) => name.slice(0, 2))];
  return spoken.find((name) => known.includes(name)) || document.documentElement.lang;
}

// Numbers the votes of this phone, in all of its tabs: the room tells by them which one is the newest.
let last = 0;

export function number() {
  last = Math.max(last, get("-last")) + 1;
  set("-last", last);
  return last;
}

export const votes = { read: () => get("-votes") || {}, write: (kept) => set("-votes", kept) };
