// The language of a page. The first page has all languages in it, of which one is shown; the others are pages of one language, which link to
// each other.
const KEPT = "etiquette-kit-language";

function remember(lang) {
  try {
    localStorage.setItem(KEPT, lang);
  } catch (error) {
    console.info("no local storage: the language is not remembered", error);
  }
}

// Calls `follow` with a language that was chosen on the first page, once the page shows it. The cards follow by themselves; one that was taken
// up again in another language than the page's comes over to it.
export function switchLanguages(follow) {
  const root = document.documentElement;
  const choices = [...document.querySelectorAll("[data-choose]")];
  const mark = () => {
    const shown = document.querySelector(`main > [data-language="${root.lang}"]`);
    if (shown) document.title = shown.dataset.title;
    for (const choice of choices) {
      if (choice.dataset.choose === root.lang) choice.setAttribute("aria-current", "true");
      else choice.removeAttribute("aria-current");
    }
  };
  const choose = (event) => {
    event.preventDefault();
    root.lang = event.currentTarget.dataset.choose;
    root.dataset.language = root.lang;
    remember(root.lang);
    mark();
    follow(root.lang);
  };
  for (const choice of choices) choice.addEventListener("click", choose);
  if (choices.length) mark();
  else remember(root.lang);
  window.addEventListener("etiquette-language-shown", ({ detail }) => {
    if (detail.lang !== root.lang) tellCards(root.lang);
  });
}

export function tellCards(lang) {
  window.dispatchEvent(new CustomEvent("etiquette-language", { detail: { lang } }));
}
