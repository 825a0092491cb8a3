// Counted hands live as long as the page, so that the browser asks before it goes. Voilà ends the kernel on the same event,
// also where one then stays; it is told only when the page really goes.
export function guardLeaving(model) {
  const goes = () => window.dispatchEvent(new Event("beforeunload"));
  const ask = (event) => {
    if (!event.isTrusted || !model.get("standing").counted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.addEventListener("pagehide", goes, { once: true });
  };
  window.addEventListener("beforeunload", ask, { capture: true });
  return () => {
    window.removeEventListener("beforeunload", ask, { capture: true });
    window.removeEventListener("pagehide", goes);
  };
}
