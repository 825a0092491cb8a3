// What this phone keeps: the token of its seat, its language, and votes on their way. Where the browser keeps nothing, all
// that lives as long as the page.
const [code] = location.pathname.split("/").filter(Boolean).slice(-1);
const key = (name) => `etiquette-room-${code}${name}`;

export let blocked = false;

function get(name) {
  try {
    return JSON.parse(localStorage.getItem(key(name)));
  } catch (error) {
    blocked = true;
    return null;
  }
}

function set(name, value) {
  try {
    localStorage.setItem(key(name), JSON.stringify(value));
  } catch (error) {
    blocked = true;
  }
}

export function random(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export let token = get("");

export function renew() {
  token = random(16);
  set("", token);
}

if (!token) renew();

// The language chosen on the page, or the phone's first one of those.
export function language(known) {
  const spoken = [get("-lang"), ...navigator.languages.map((name) => name.slice(0, 2))];
  return spoken.find((name) => known.includes(name)) || document.documentElement.lang;
}

export const keepLanguage = (lang) => set("-lang", lang);

export const votes = { read: () => get("-votes") || {}, write: (kept) => set("-votes", kept) };
