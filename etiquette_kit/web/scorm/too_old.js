// Run by browsers that know no modules, and by no others: the site's own page says that they are too old.
document.querySelector("iframe").src = "index.html";
