// What is chosen outlives a reload of the page: the browser keeps it, and hands it to a kernel that knows nothing of it yet. A page that
// begins with another choice, such as one from a file, keeps its own.
const KEY = "etiquette-kit-situations";

function kept(origin) {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return found?.origin === origin && Array.isArray(found.scenarios) ? found : null;
  } catch (error) {
    console.info("nothing is kept of what was chosen", error);
    return null;
  }
}

function keep(choice) {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch (error) {
    console.info("no local storage: after a reload nothing is chosen any more", error);
  }
}

export function keepChoice(card) {
  const { model } = card;
  const store = () => {
    const { touched, origin, name: title, chosen } = model.get("standing");
    if (touched) keep({ origin, title, scenarios: chosen.map(({ id }) => id) });
  };
  const { touched, origin } = model.get("standing");
  const found = touched ? null : kept(origin);
  if (found) card.ask({ do: "restore", title: String(found.title), scenarios: found.scenarios.map(String) }, { own: false });
  model.on("change:rev", store);
  return () => model.off("change:rev", store);
}
