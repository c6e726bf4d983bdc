// One real browser, driven over its debugging protocol: opens the dashboard and notes, at every change of the clock element, how long
// ago the snapshot that is now in the document was assessed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from './processes.mjs';

const WebSocket = createRequire(import.meta.url)('ws');
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--remote-debugging-port=0'];

const observer = `new Promise(done => {
  const look = () => {
    const clock = document.querySelector('x-clock');
    if (!clock) return setTimeout(look, 20);
    window.delays = [];
    new MutationObserver(changes => { for (const change of changes) if (change.attributeName === 'now' && change.target.localName === 'x-clock')
      window.delays.push(Date.now() - Number(change.target.getAttribute('now'))); })
      .observe(document.body, { subtree: true, attributes: true, attributeFilter: ['now'] });
    done(true);
  };
  look();
})`;

export async function openBrowser(url, ready = observer) {
  const profile = mkdtempSync(join(tmpdir(), 'cockpit-chromium-'));
  const child = spawn(process.env.COCKPIT_CHROMIUM ?? '/usr/bin/chromium', [...flags, `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore' });
  const ended = new Promise(done => child.once('exit', done));
  const portFile = join(profile, 'DevToolsActivePort');
  for (let tries = 0; !existsSync(portFile) || readFileSync(portFile, 'utf8').split('\n').length < 2; tries++) {
    if (tries > 300) throw new Error('the browser does not start');
    await pause(100);
  }
  const port = readFileSync(portFile, 'utf8').split('\n')[0];
  const page = await (await fetch(`http://127.0.0.1:${port}/json/new?${encodeURIComponent(url)}`, { method: 'PUT' })).json();
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  await new Promise(done => socket.once('open', done));
  let calls = 0; const answers = new Map();
  socket.on('message', text => { const message = JSON.parse(text); answers.get(message.id)?.(message.result ?? {}); answers.delete(message.id); });
  const evaluate = async expression => {
    const id = ++calls;
    const answer = new Promise(done => answers.set(id, done));
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } }));
    return (await answer).result?.value;
  };
  while (!await evaluate(ready)) await pause(100); // a page that is still coming up takes the first tries with it
  return {
    evaluate,
    // Delays in milliseconds of the changes seen from now on for so many seconds.
    async watch(seconds) { await evaluate('window.delays = []'); await pause(seconds * 1000); return evaluate('window.delays'); },
    async close() { socket.close(); child.kill('SIGTERM'); await ended; rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }); },
  };
}
