// What this phone knows of itself: the token of its seat, its language, and votes on their way. Where the browser keeps
// nothing, all that lives as long as the page.
const path = location.pathname.split("/").filter(Boolean);
const room = `etiquette-room-${path[path.length - 1]}`;
const memory = {};

export let blocked = false;

function get(key) {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    blocked = true;
    return memory[key] || null;
  }
}

function set(key, value) {
  memory[key] = value;
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    blocked = true;
  }
}

export function random(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function newToken() {
  const token = random(16);
  set(room, token);
  return token;
}

export function token() {
  const kept = get(room);
  return /^[0-9a-f]{32}$/.test(kept) ? kept : newToken();
}

// The language chosen on the page, or the phone's first one that the page speaks.
export function language(known) {
  const spoken = [get(`${room}-lang`), ...navigator.languages.map((name) => name.slice(0, 2).toLowerCase())];
  return spoken.find((name) => known.includes(name)) || document.documentElement.lang;
}

export function keepLanguage(lang) {
  set(`${room}-lang`, lang);
}

export const votes = {
  read() {
    try {
      return JSON.parse(get(`${room}-votes`)) || {};
    } catch (error) {
      return {};
    }
  },
  write(kept) {
    set(`${room}-votes`, JSON.stringify(kept));
  },
};
