// Run by browsers that know no modules, and by no others.
document.getElementById("too-old").removeAttribute("hidden");
