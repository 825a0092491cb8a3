// What the page does before and after the widgets are there.
const etiquettePage = (() => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.jpThemeLight = String(!dark);
  // Voilà asks these while it runs the notebook.
  window.voila_heartbeat = () => {};
  window.voila_process = () => {};
  window.voila_finish = () => {};

  // Leaving the page ends its kernel. The server asks for this cookie then, which Voilà, streaming the page, has not set.
  const path = new URL(document.body.dataset.baseUrl, location).pathname;
  if (!/\b_xsrf=/.test(document.cookie)) {
    const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    document.cookie = `_xsrf=${token}; path=${path}; SameSite=Lax`;
  }

  // JupyterLab on another port of this machine has a cookie of the same name: of two, page and server would each read another one.
  function keepOneCookie() {
    if (document.cookie.split("_xsrf=").length > 2) document.cookie = `_xsrf=; path=${path}; max-age=0`;
  }

  // Voilà ends the kernel when the browser asks whether the page may go, also where one then stays. So it is told only when the
  // page goes, and who has something to lose is asked here, before all that listens later.
  window.addEventListener("beforeunload", (event) => {
    if (!event.isTrusted) return;
    event.stopImmediatePropagation();
    if (!window.dispatchEvent(new Event("etiquette-leave", { cancelable: true }))) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    keepOneCookie();
    window.dispatchEvent(new Event("beforeunload"));
  });

  const loading = () => document.getElementById("ek-loading");

  // Voilà reads its theme from the page's configuration; the system decides which.
  function chooseTheme() {
    const config = document.getElementById("jupyter-config-data");
    config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), jupyterLabTheme: dark ? "dark" : "light" });
  }

  // Say that it is loading until the first widget is drawn; say so, too, when that takes too long.
  function awaitWidgets() {
    const note = loading();
    if (!document.querySelector('script[type="application/vnd.voila.cell-output+json"]')) return note.remove();
    note.textContent = note.dataset.drawing;
    const slow = setTimeout(() => (note.textContent = note.dataset.slow), 15000);
    const observer = new MutationObserver(() => {
      if (!document.querySelector(".ek, .jp-OutputArea-output")) return;
      observer.disconnect();
      clearTimeout(slow);
      note.remove();
    });
    observer.observe(document.getElementById("rendered_cells"), { childList: true, subtree: true });
  }

  // A table that is wider than the screen scrolls by itself: the keyboard must reach it.
  function openTables() {
    const label = loading().dataset.table;
    const open = () => {
      for (const output of document.querySelectorAll(".jp-RenderedHTML:not([tabindex])")) {
        output.tabIndex = 0;
        output.setAttribute("role", "group");
        output.setAttribute("aria-label", label);
      }
    };
    new MutationObserver(open).observe(document.getElementById("rendered_cells"), { childList: true, subtree: true });
  }

  // Under this page's own entry in the contents: its headings.
  function listHeadings() {
    const here = document.querySelector(".ek-here");
    const headings = [...document.querySelectorAll("#rendered_cells .jp-RenderedMarkdown h2[id]")];
    if (!here || headings.length < 2) return;
    const list = document.createElement("ul");
    for (const heading of headings) {
      const link = document.createElement("a");
      link.href = `#${encodeURIComponent(heading.id)}`;
      link.textContent = heading.firstChild.textContent;
      const entry = document.createElement("li");
      entry.append(link);
      list.append(entry);
    }
    here.append(list);
  }

  return { chooseTheme, awaitWidgets, openTables, listHeadings };
})();
