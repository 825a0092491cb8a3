// Counted hands live as long as the page, so that the browser asks before it goes. On the page without code, where the kernel
// goes with it, the page passes the question on under a name of its own.
const QUESTIONS = ["beforeunload", "etiquette-leave"];

export function guardLeaving(model) {
  const ask = (event) => {
    if (model.get("standing").counted) event.preventDefault();
  };
  for (const question of QUESTIONS) window.addEventListener(question, ask);
  return () => {
    for (const question of QUESTIONS) window.removeEventListener(question, ask);
  };
}
