// Starts what is measured, waits until it answers, and ends it again.
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const pause = ms => new Promise(done => setTimeout(done, ms));

export const freePort = () => new Promise(done => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); });
});

const status = (pid, key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
export const residentKiB = pid => status(pid, 'VmRSS');
export const cpuSeconds = pid => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

export async function startServer(dll, args = [], env = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'cockpit-bench-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const startedAt = performance.now();
  const child = spawn('dotnet', [dll, '--urls', url, ...args.map(arg => arg.replace('{data}', directory))],
    { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ASPNETCORE_ENVIRONMENT: 'Production', ...env } });
  const ended = new Promise(done => child.once('exit', done));
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`${dll} ended with ${child.exitCode}`);
    const page = await fetch(url).then(answer => answer.ok ? answer.text() : null, () => null);
    if (page) break;
    if (tries > 2000) throw new Error(`${dll} does not answer`);
    await pause(5);
  }
  return {
    url, pid: child.pid, firstPageMs: performance.now() - startedAt,
    async stop() { child.kill('SIGTERM'); await ended; rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }); },
  };
}

export const startCockpit = (app, ...args) => startServer(join(app, 'Cockpit.dll'), ['--Storage:DataDirectory', '{data}', ...args], { Logging__LogLevel__Default: 'Warning' });

// A child script that prints one JSON line when it is ready and one at its end; a line on its standard input ends it.
export function startScript(script, args) {
  const child = spawn(process.execPath, [new URL(script, import.meta.url).pathname, ...args.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = []; const waiting = []; let rest = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    rest += text;
    for (let end; (end = rest.indexOf('\n')) >= 0; rest = rest.slice(end + 1)) {
      const line = JSON.parse(rest.slice(0, end));
      waiting.length ? waiting.shift()(line) : lines.push(line);
    }
  });
  return {
    next: () => lines.length ? Promise.resolve(lines.shift()) : new Promise((done, fail) => { waiting.push(done); child.once('exit', code => code && fail(new Error(`${script} ended with ${code}`))); }),
    tell: line => child.stdin.write(line + '\n'),
    async end() { const gone = new Promise(done => child.once('exit', done)); if (child.exitCode === null) { child.stdin.end(); await gone; } },
  };
}

export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] : NaN;
};
