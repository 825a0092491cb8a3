// Prints the card, or a part of it, alone, in a frame of its own: so it works the same in JupyterLab, where the page around it is an application.

export function printPage(card, part = card.root) {
  const frame = document.createElement("iframe");
  frame.className = "ek-print-frame";
  frame.title = card.words("print");
  document.body.append(frame);
  const page = frame.contentDocument;
  // A style element would be inline style, which a page may forbid.
  const style = new frame.contentWindow.CSSStyleSheet();
  style.replaceSync(card.model.get("_css"));
  const copy = page.importNode(part, true);
  copy.dataset.theme = "light";
  for (const details of copy.querySelectorAll("details")) details.open = true;
  page.documentElement.lang = card.root.lang;
  page.title = card.words("card");
  page.adoptedStyleSheets = [style];
  page.body.append(copy);
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}
