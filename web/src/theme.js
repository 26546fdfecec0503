// Before anything is painted: the reader's own choice of dark or light, where one was made.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch { /* storage is forbidden: the system's choice holds */ }
