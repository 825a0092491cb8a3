// Remembers the buttons of cards that are pressed before the page's scripts are there. No module, since it runs before anything is drawn.
window.earlyPresses = [];
document.addEventListener(
  "click",
  function (event) {
    var button = event.target.closest && event.target.closest("[data-card] button");
    if (button && window.earlyPresses) window.earlyPresses.push({ place: button.closest("[data-card]"), text: button.textContent });
  },
  true,
);
