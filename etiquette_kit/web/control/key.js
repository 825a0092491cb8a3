// The facilitator's key: it comes in the address after the #, which no server sees, is kept for this tab, and leaves the address bar.
const NAME = "etiquette-room-control";

let key = null; // where storage is forbidden, it lasts as long as the page

// By room: one tab may lead several rooms, one after the other.
const slot = () => `${NAME} ${location.pathname}`;

export function takeKey() {
  const given = location.hash.slice(1);
  if (given) {
    key = given;
    history.replaceState(null, "", location.pathname + location.search);
    try {
      sessionStorage.setItem(slot(), given);
    } catch (error) {
      console.info("no session storage: after a reload the key is gone", error);
    }
  }
  try {
    return key ?? sessionStorage.getItem(slot());
  } catch {
    return key;
  }
}

// A link with another key, opened in this tab, changes no more than what is after the #.
export function onNewKey(act) {
  addEventListener("hashchange", () => location.hash.length > 1 && act());
}
