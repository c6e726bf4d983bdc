// Small custom elements that tick by themselves, so that ages and clocks go on telling the truth while the server is silent.
// Each draws in its own shadow root: the page's markup stays the server's alone.

let offset = 0; // server clock minus this device's clock, in milliseconds
const space = '\u202F';

const duration = ms => {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s}${space}s`;
  if (s < 3600) return pair(Math.floor(s / 60), 'min', s % 60, 's');
  if (s < 86400) return pair(Math.floor(s / 3600), 'h', Math.floor(s % 3600 / 60), 'min');
  return pair(Math.floor(s / 86400), 'd', Math.floor(s % 86400 / 3600), 'h');
};
const pair = (large, largeUnit, small, smallUnit) => small ? `${large}${space}${largeUnit} ${small}${space}${smallUnit}` : `${large}${space}${largeUnit}`;
const serverNow = () => Date.now() + offset;
const ticking = new Set();

class Ticking extends HTMLElement {
  static observedAttributes = ['at', 'now'];
  #root;
  connectedCallback() { this.#root ??= this.attachShadow({ mode: 'open' }); ticking.add(this); this.draw(); }
  disconnectedCallback() { ticking.delete(this); }
  attributeChangedCallback() { if (this.#root) this.draw(); }
  draw() { const text = this.text(); if (this.#root.textContent !== text) this.#root.textContent = text; }
  get at() { return Number(this.getAttribute('at')); }
}

// The age of an instant: <x-age at="epoch ms">.
class Age extends Ticking { text() { return this.at ? duration(serverNow() - this.at) : ''; } }

// What is left until an instant: <x-until at="epoch ms">.
class Until extends Ticking { text() { return this.at ? duration(this.at - serverNow()) : ''; } }

// An instant in the reader's own time zone: <x-time at="epoch ms">; with `seconds` the seconds too.
class Time extends Ticking {
  text() {
    if (!this.at) return '';
    const seconds = this.hasAttribute('seconds') ? { second: '2-digit' } : {};
    return new Date(this.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...seconds });
  }
}

// The wall clock, anchored to the server's: <x-clock now="epoch ms">.
class Clock extends Ticking {
  attributeChangedCallback(name, before, value) {
    if (name === 'now' && value) offset = Number(value) - Date.now();
    super.attributeChangedCallback();
  }
  text() { return new Date(serverNow()).toLocaleTimeString([], { hourCycle: 'h23' }); }
}

customElements.define('x-age', Age);
customElements.define('x-until', Until);
customElements.define('x-time', Time);
customElements.define('x-clock', Clock);
setInterval(() => { for (const element of ticking) element.draw(); }, 1000);

// Copies a command: <button data-copy="text">. The label says it is done and then returns.
document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  try { await navigator.clipboard.writeText(button.dataset.copy); button.setAttribute('data-copied', ''); }
  catch { button.setAttribute('data-copy-failed', ''); }
  setTimeout(() => { button.removeAttribute('data-copied'); button.removeAttribute('data-copy-failed'); }, 1500);
});

// The server lost this page's circuit for good: a fresh page is the way back.
const lost = document.getElementById('components-reconnect-modal');
if (lost) new MutationObserver(() => {
  if (lost.classList.contains('components-reconnect-rejected')) location.reload();
}).observe(lost, { attributes: true, attributeFilter: ['class'] });

// The menu of a narrow screen: open until a page is chosen.
document.addEventListener('click', event => {
  const toggle = document.querySelector('[data-menu-toggle]');
  if (!toggle) return;
  if (event.target.closest?.('[data-menu-toggle]')) toggle.setAttribute('aria-expanded', String(toggle.getAttribute('aria-expanded') !== 'true'));
  else if (!event.target.closest?.('#menu') || event.target.closest('a')) toggle.setAttribute('aria-expanded', 'false');
});

// Light or dark, remembered in a cookie so that the server draws the first paint right.
document.addEventListener('click', event => {
  if (!event.target.closest?.('[data-theme-toggle]')) return;
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
});
