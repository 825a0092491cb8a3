// The workshop: the plan, a situation in each of its phases, and the end, drawn by the card.
import { show } from "./card.js";
import { nameFullscreen } from "./workshop/foot.js";
import { guardLeaving } from "./workshop/leave_guard.js";
import { planPage } from "./workshop/plan.js";
import { roundPage } from "./workshop/round.js";
import { keepSheets } from "./workshop/sheets.js";
import { summaryPage } from "./workshop/summary.js";

const pages = { plan: planPage, round: roundPage, summary: summaryPage };

function render({ model, el }) {
  el.classList.add("ek-hall");
  const close = show(model, el, pages);
  const forget = keepSheets(model, el);
  const leave = guardLeaving(model);
  el.addEventListener("fullscreenchange", () => nameFullscreen(model, el));
  return () => {
    leave();
    forget();
    close();
  };
}

export default { render };
