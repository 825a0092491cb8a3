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
    const here = document.querySelector(".ek-course details:not([hidden]) .ek-here");
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
    here.querySelector("ul")?.remove();
    here.append(list);
  }

  // The one language switch of the page: prose and cards change in place, and the address with them, so that a reload shows the same.
  // Where an output that only the kernel can write anew stands on the page, it leads to the page in the other language.
  function switchLanguages() {
    const group = document.querySelector(".ek-page-languages");
    const cells = [...document.querySelectorAll("#rendered_cells .jp-RenderedMarkdown")];
    const prose = { [document.documentElement.lang]: { title: document.title, cells: cells.map((cell) => [...cell.childNodes]) } };
    for (const { dataset, content } of document.querySelectorAll(".ek-prose")) {
      prose[dataset.lang] = { title: dataset.title, cells: [...content.children].map((cell) => [...cell.childNodes]) };
    }
    const isInPlace = (lang) =>
      prose[lang]?.cells.length === cells.length &&
      !document.querySelector("#rendered_cells :is(.jp-RenderedHTML, .jp-RenderedImage, .jp-RenderedText)");
    const show = (lang) => {
      if (lang === document.documentElement.lang || !isInPlace(lang)) return;
      const chosen = group.querySelector(`[lang="${lang}"]`);
      document.documentElement.lang = lang;
      document.title = prose[lang].title;
      cells.forEach((cell, place) => cell.replaceChildren(...prose[lang].cells[place]));
      for (const contents of document.querySelectorAll(".ek-course details")) contents.hidden = contents.lang !== lang;
      for (const button of group.children) button.setAttribute("aria-pressed", String(button === chosen));
      group.setAttribute("aria-label", chosen.dataset.label);
      group.parentElement.setAttribute("aria-label", chosen.dataset.course);
      history.replaceState(history.state, "", chosen.dataset.href);
      for (const link of document.querySelectorAll(".ek-course a")) link.href = link.dataset.href;
      listHeadings();
    };
    const switchTo = (lang) => {
      show(lang);
      window.dispatchEvent(new CustomEvent("etiquette-language", { detail: { lang } }));
    };
    // Addresses are fixed before that of the page changes.
    for (const link of document.querySelectorAll(".ek-course a")) link.dataset.href = link.href;
    for (const button of group.children) {
      button.dataset.href = new URL(button.dataset.href, location).href;
      button.addEventListener("click", () => {
        const { lang } = button;
        if (lang === document.documentElement.lang) return;
        if (!isInPlace(lang)) {
          sessionStorage.setItem("etiquette-place", JSON.stringify(place()));
          return location.assign(button.dataset.href);
        }
        switchTo(lang);
      });
    }
    // A card that is taken up again is in the language that was chosen last: then all of the page is.
    window.addEventListener("etiquette-language-shown", ({ detail }) => detail.lang !== document.documentElement.lang && switchTo(detail.lang));
    returnToPlace();
  }

  // The cell at the top of the screen: where to go on reading in the other language.
  function place() {
    const cells = [...document.querySelectorAll(".ek-cell")];
    const index = cells.findIndex((cell) => cell.getBoundingClientRect().bottom > 0);
    return { index, offset: scrollY === 0 ? null : cells[index]?.getBoundingClientRect().top };
  }

  function returnToPlace() {
    const kept = sessionStorage.getItem("etiquette-place");
    sessionStorage.removeItem("etiquette-place");
    if (!kept) return;
    const { index, offset } = JSON.parse(kept);
    const cell = document.querySelectorAll(".ek-cell")[index];
    if (!cell || offset === null) return;
    const go = () => scrollBy(0, cell.getBoundingClientRect().top - offset);
    const observer = new MutationObserver(() => requestAnimationFrame(go));
    observer.observe(document.getElementById("rendered_cells"), { childList: true, subtree: true });
    const stop = () => observer.disconnect();
    for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) window.addEventListener(name, stop, { once: true });
  }

  return { chooseTheme, awaitWidgets, openTables, listHeadings, switchLanguages };
})();
