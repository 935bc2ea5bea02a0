// Sets the colour scheme before the first paint, so that a reader in the dark sees no white flash.
// A file of its own rather than an inline script: it also runs under a strict Content-Security-Policy.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("color-scheme");
  } catch (_) {
    // Storage may be forbidden; the system's scheme is then all there is.
  }
  var dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme =
    chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light";
})();
