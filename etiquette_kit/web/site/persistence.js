// Asks the browser once, after the first answer, to keep what is stored here even when space runs short.
const ASKED = "etiquette-kit-asked-to-keep";

export async function requestPersistence(parts) {
  if (!parts?.save_status?.saved || !navigator.storage?.persist) return;
  try {
    if (localStorage.getItem(ASKED)) return;
    localStorage.setItem(ASKED, "yes");
    await navigator.storage.persist();
  } catch (error) {
    console.info("the browser was not asked to keep the answers", error);
  }
}
