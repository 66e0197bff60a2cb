// Runs before the first paint so that a dark page never flashes white. An external file, because the CSP allows no inline script.
(() => {
  let choice = "system";
  try {
    choice = JSON.parse(localStorage.getItem("aim-theme") ?? "{}").state?.theme ?? "system";
  } catch {
    // A blocked or damaged storage means that no choice is stored: follow the system.
  }
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
