// Runs before the first paint, so that a chosen theme does not flash.
try {
  var theme = localStorage.getItem('skillmeat.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be switched off; then the system's theme applies.
}
