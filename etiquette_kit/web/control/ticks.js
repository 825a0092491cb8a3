// What the facilitator has ticked of her preparations, by room: it outlives a reload of this tab; where storage is forbidden, it does not.
const slot = () => `etiquette-room-ticks ${location.pathname}`;

export function readTicks() {
  try {
    const found = JSON.parse(sessionStorage.getItem(slot()));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

export function writeTicks(ticks) {
  try {
    sessionStorage.setItem(slot(), JSON.stringify(ticks));
  } catch (error) {
    console.info("no session storage: after a reload the ticks are gone", error);
  }
}
