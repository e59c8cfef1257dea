// Sets theme and language before the first paint. A file of its own: the content security policy allows no inline script.
try {
  const theme = localStorage.getItem('justera.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = localStorage.getItem('justera.language')
  if (language === 'en') document.documentElement.lang = language
} catch {
  // Storage is switched off: the system's theme and Swedish hold.
}
