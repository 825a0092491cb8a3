// A tab says which one it is, what was open in it, and what was typed that no kernel has taken: after a reload, or when the kernel was
// killed, it goes on where it was. The browser forgets it with the tab.
import { randomHex } from "../../shared/random_hex.js";
import { typedIn } from "./typed.js";

const TAB_KEY = "etiquette-kit-writer";

function remembered() {
  try {
    const found = JSON.parse(sessionStorage.getItem(TAB_KEY));
    return typeof found?.tab === "string" ? found : null;
  } catch (error) {
    console.info("nothing is remembered of this tab", error);
    return null;
  }
}

function remember(state) {
  try {
    sessionStorage.setItem(TAB_KEY, JSON.stringify(state));
  } catch (error) {
    console.info("no storage: after a reload the list is shown", error);
  }
}

export function arrive(card) {
  const { model } = card;
  const { tab, open = "", typed = {} } = remembered() ?? { tab: randomHex(16) };
  const state = { tab, open, typed };
  const own = typedIn(card);
  own.kept = (fields) => {
    state.typed = fields;
    remember(state);
  };
  // After the card has drawn what is new: it listens for longer.
  const follow = () => {
    own.settle();
    const { kind, key } = model.get("scene");
    const now = kind === "list" ? "" : (key ?? state.open);
    // What was handed over on arrival has been taken, too: a second time it would undo what was typed since.
    const isTaken = !card.outbox.busy && !own.waiting.size && Object.keys(state.typed).length > 0;
    if (isTaken) state.typed = {};
    if (isTaken || now !== state.open) remember(Object.assign(state, { open: now }));
  };
  remember(state);
  card.ask({ do: "arrive", tab, open, typed }, { own: false });
  model.on("change:rev", follow);
  return () => model.off("change:rev", follow);
}
