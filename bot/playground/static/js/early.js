// Runs before the first paint, so that a remembered theme never flashes the other one.
(function rememberTheme() {
  try {
    const theme = localStorage.getItem("playground.theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme is then followed.
  }
})();
