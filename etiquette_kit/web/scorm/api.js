// Finds the functions of a learning management system, as SCORM 1.2 has it: an object `API` in a window above this one, or above its opener.
const HIGHEST = 500; // windows above each other that are looked at
const LOOK_AGAIN = 250; // milliseconds
const PATIENCE = 5000; // milliseconds in which an API may come late

function apiIn(place) {
  try {
    return place.API ?? null;
  } catch {
    return null; // a window of another server
  }
}

function apiAbove(lowest) {
  let place = lowest;
  for (let height = 0; height < HIGHEST; height += 1) {
    const found = apiIn(place);
    if (found || !place.parent || place.parent === place) return found;
    place = place.parent;
  }
  return null;
}

function openerOf(place) {
  try {
    return place?.opener ?? null;
  } catch {
    return null;
  }
}

export function findApi(place) {
  const found = apiAbove(place);
  if (found) return found;
  const top = openerOf(place.top) ?? openerOf(place);
  return top ? apiAbove(top) : null;
}

// Waits for an API with which a session begins: null where there is none, or none that works, within a few seconds. `begin` tells whether
// one works; a page that nothing is around is not kept waiting.
export async function waitForApi(place, begin, { patience = PATIENCE, pause = (time) => new Promise((resolve) => setTimeout(resolve, time)) } = {}) {
  const isAlone = place.parent === place && !openerOf(place);
  let isThere = false;
  for (let waited = 0; ; waited += LOOK_AGAIN) {
    const api = findApi(place);
    isThere ||= Boolean(api);
    if (api && begin(api)) return { api, isThere };
    if ((isAlone && !api) || waited >= patience) return { api: null, isThere };
    await pause(LOOK_AGAIN);
  }
}
