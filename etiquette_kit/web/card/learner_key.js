// The key that says whose answers these are: this browser keeps it, and all quizzes on a page have the same one.
import { randomHex } from "../shared/random_hex.js";

const KEY = "etiquette-kit-key";
const CHANGED = "etiquette-kit-key-changed";

let passing = null; // where storage is forbidden, the key lasts as long as the page

function store(key) {
  passing = key;
  try {
    localStorage.setItem(KEY, key);
  } catch (error) {
    console.info("no local storage: after a reload nobody knows whose answers these are", error);
  }
  return key;
}

export function learnerKey() {
  try {
    return localStorage.getItem(KEY) ?? store(passing ?? randomHex(16));
  } catch {
    return passing ?? store(randomHex(16));
  }
}

// Someone else sits down: all quizzes on this page, and in other tabs, begin anew for her.
export function changePerson() {
  store(randomHex(16));
  window.dispatchEvent(new Event(CHANGED));
}

export function onOtherPerson(act) {
  const elsewhere = ({ key }) => key === KEY && act();
  window.addEventListener(CHANGED, act);
  window.addEventListener("storage", elsewhere);
  return () => {
    window.removeEventListener(CHANGED, act);
    window.removeEventListener("storage", elsewhere);
  };
}
