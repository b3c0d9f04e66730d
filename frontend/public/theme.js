// Before the first paint, so that a dark page never flashes white and no row moves; a file of its own because the CSP allows no inline script.
const chosen = localStorage.getItem('theme');
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme = dark ? 'dark' : 'light';
const density = localStorage.getItem('density');
if (density) document.documentElement.dataset.density = density;
