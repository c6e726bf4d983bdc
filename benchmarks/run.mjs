// Runs the benches that are named (all by default) and prints one table. Nothing is asserted: budgets stand beside the figures.
//   node run.mjs APP HELLO ENGINE DISPATCH [name ...]
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { alerts } from './alerts.mjs';
import { firstPage, latency, memory } from './dashboards.mjs';
import { viewers } from './viewers.mjs';

const [app, hello, engine, dispatch, ...names] = process.argv.slice(2);
const rows = [];
const report = (...row) => { rows.push(row); process.stderr.write(`  ${row[0]}: ${row[1]}\n`); };
const external = (dll, args = []) => {
  const { stdout, stderr, status } = spawnSync('dotnet', [dll, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0 && !stdout) { report(dll.split('/').at(-1), `failed: ${stderr.trim().split('\n')[0]}`, '', ''); return; }
  for (const line of stdout.split('\n').filter(line => line.startsWith('|')).slice(2)) report(...line.split('|').slice(1, -1).map(cell => cell.trim()));
};
const benches = {
  start: () => firstPage(app, report),
  latency: () => latency(app, report),
  memory: () => memory(app, hello, report),
  viewers: () => viewers(app, report),
  alerts: () => alerts(app, report),
  engine: () => external(engine),
  dispatch: () => external(dispatch),
};
const unknown = names.filter(name => !benches[name]);
if (unknown.length) { console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`); process.exit(2); }
const [load] = loadavg();
for (const name of names.length ? names : Object.keys(benches)) {
  process.stderr.write(`${name} ...\n`);
  await Promise.resolve().then(benches[name]).catch(error => report(name, `failed: ${error.message}`, '', ''));
}
console.log('| what | measured | budget | ratio |\n|---|---|---|---|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
console.log(`\n${availableParallelism()} cores; load ${load.toFixed(1)} when it began${load > availableParallelism() / 2 ? ': the machine was not quiet, expect worse figures than it can do' : ''}.`);
process.exit(0);
