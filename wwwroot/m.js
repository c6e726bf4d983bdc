// What the phone's pages gain from JavaScript: times in the reader's zone, countdowns, and a page that follows the incident. Everything else is
// plain links and forms, so that nothing here is needed.
const mark = document.querySelector('[data-live]');
let socket, last = 0, pause = 1000, timer;

const dress = () => {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    time.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    time.title = at.toLocaleString();
  }
  tick();
};
const tick = () => {
  for (const left of document.querySelectorAll('[data-until]')) {
    const s = Math.max(0, Math.round((Number(left.dataset.until) - Date.now() + skew) / 1000));
    left.textContent = s ? `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}` : 'now';
  }
};
let skew = 0; // how far this device's clock is ahead of the server's, which is the one that counts
const setSkew = () => { const now = Number(document.body.dataset.now); if (now) skew = Date.now() - now; };

const isBusy = () => document.activeElement?.matches('textarea, input, select')
  || [...document.querySelectorAll('textarea, input[type=text]')].some(field => field.value && field.value !== field.defaultValue);
async function refresh() {
  if (!document.body.dataset.follow) return;
  if (isBusy()) { say('busy'); return; }
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const opened = [...document.querySelectorAll('details')].map(each => each.open);
    document.querySelector('main').replaceWith(page.querySelector('main'));
    document.querySelectorAll('details').forEach((each, index) => { each.open = opened[index] ?? false; });
    document.querySelector('.bar')?.remove();
    const bar = page.querySelector('.bar');
    if (bar) document.body.append(bar);
    document.title = page.title;
    document.body.dataset.now = page.body.dataset.now;
    setSkew(); dress(); say('live');
  } catch { say('lost'); }
}
const say = state => {
  for (const each of document.querySelectorAll('[data-live]')) { each.dataset.live = state; each.textContent = { live: 'live', busy: 'paused while you write' }[state] ?? 'not live'; }
};

// SignalR's JSON protocol over a bare WebSocket: a handshake, one call, and messages that each end with U+001E.
function connect() {
  clearTimeout(timer);
  if (!mark || document.hidden) return;
  socket?.close();
  const mine = socket = new WebSocket(`${location.protocol === 'http:' ? 'ws' : 'wss'}://${location.host}/hubs/live`);
  const send = message => mine.send(JSON.stringify(message) + '\x1e');
  mine.onopen = () => { send({ protocol: 'json', version: 1 }); send({ type: 1, invocationId: '1', target: 'Join', arguments: ['incident'] }); };
  mine.onmessage = ({ data }) => {
    last = Date.now();
    for (const text of data.split('\x1e')) {
      if (!text) continue;
      const message = JSON.parse(text);
      if (message.type === 3) { pause = 1000; say('live'); refresh(); }
      else if (message.type === 1 && Object.keys(message.arguments?.[0]?.changes ?? {}).some(key => key.startsWith('incident/') || key.startsWith('execution/'))) refresh();
    }
  };
  mine.onclose = () => { if (mine !== socket) return; say('lost'); timer = setTimeout(connect, pause); pause = Math.min(pause * 2, 15000); };
  mine.ping = () => mine.readyState === 1 && send({ type: 6 });
}

addEventListener('visibilitychange', () => { if (!document.hidden) { pause = 1000; connect(); } });
addEventListener('online', connect);
addEventListener('focusout', () => setTimeout(() => { if (document.querySelector('[data-live=busy]')) refresh(); }, 300));
setInterval(tick, 1000);
setInterval(() => { socket?.ping?.(); if (socket?.readyState === 1 && Date.now() - last > 40000) socket.close(); }, 10000);
// One press is one press, whatever the thumb does; the server would take the second for the first anyway.
addEventListener('submit', event => { if (event.target.dataset.sent) event.preventDefault(); else { event.target.dataset.sent = '1'; setTimeout(() => delete event.target.dataset.sent, 4000); } });
setSkew(); dress(); connect();
