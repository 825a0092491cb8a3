// Which language the first page is shown in: the one in its address, the one that was chosen last, or the browser's. No module, since it runs
// before anything is drawn, so that nothing is drawn twice; without it both languages are there.
(function () {
  var root = document.documentElement;
  var offered = root.getAttribute("data-languages").split(" ");
  var wanted = [location.hash.slice(1)];
  try {
    wanted.push(localStorage.getItem("etiquette-kit-language"));
  } catch (error) {
    console.info("no local storage: which language was chosen is not known", error);
  }
  wanted = wanted.concat(navigator.languages || [navigator.language]).map(function (tag) {
    return String(tag).split("-")[0].toLowerCase();
  });
  var chosen = wanted.filter(function (code) {
    return offered.indexOf(code) >= 0;
  })[0];
  root.lang = chosen || offered[0];
  root.setAttribute("data-language", root.lang);
  if (offered.indexOf(location.hash.slice(1)) >= 0) history.replaceState(history.state, "", location.pathname + location.search);
})();
