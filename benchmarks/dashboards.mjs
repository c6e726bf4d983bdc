// Latency from assessment to the document of a real browser with other dashboards open beside it, and memory for each dashboard beside a
// hello-world circuit at the same settings.
import { openBrowser } from './browser.mjs';
import { cpuSeconds, pause, quantile, residentKiB, startCockpit, startScript, startServer } from './processes.mjs';

const budgetMs = 250;

export async function latency(app, report, { counts = [1, 50, 200], seconds = 30 } = {}) {
  const server = await startCockpit(app);
  try {
    await pause(5000);
    let alone;
    for (const count of counts) {
      const others = startScript('circuits.mjs', [server.url, count]);
      await others.next();
      const browser = await openBrowser(server.url);
      await pause(3000);
      const [cpu, at] = [cpuSeconds(server.pid), performance.now()];
      const delays = await browser.watch(seconds);
      const load = (cpuSeconds(server.pid) - cpu) / ((performance.now() - at) / 1000);
      await browser.close();
      await others.end();
      const traffic = await others.next();
      const [p50, p95] = [quantile(delays, 0.5), quantile(delays, 0.95)];
      alone ??= p95;
      report(`snapshot → document, ${count} dashboards beside it`, `p50 ${p50} ms, p95 ${p95} ms (${delays.length} changes; server ${load.toFixed(2)} cores, ` +
        `${(traffic.batches / traffic.seconds / count).toFixed(1)} batches/s and ${(traffic.bytes / traffic.seconds / count / 1024).toFixed(1)} KiB/s each)`,
        `p95 ≤ ${budgetMs} ms`, `${(p95 / budgetMs).toFixed(2)}; ${(p95 / alone).toFixed(1)} × that with ${counts[0]}`);
      await pause(2000);
    }
  } finally { await server.stop(); }
}

async function perCircuit(server, count) {
  const warm = startScript('circuits.mjs', [server.url, 20]);
  await warm.next(); await pause(3000); await warm.end(); await pause(3000);
  const before = residentKiB(server.pid);
  const dashboards = startScript('circuits.mjs', [server.url, count]);
  await dashboards.next(); await pause(10000);
  const each = (residentKiB(server.pid) - before) / count;
  await dashboards.end();
  return each;
}

export async function memory(app, hello, report, { count = 200 } = {}) {
  const small = await startServer(hello);
  const helloKiB = await perCircuit(small, count).finally(() => small.stop());
  const cockpit = await startCockpit(app);
  const ourKiB = await perCircuit(cockpit, count).finally(() => cockpit.stop());
  report(`memory of a hello-world circuit (${count} open)`, `${helloKiB.toFixed(0)} KiB`, '', '');
  report(`memory of an open dashboard (${count} open)`, `${ourKiB.toFixed(0)} KiB`, '≤ 1.5 × hello world and ≤ 400 KB',
    `${(ourKiB / helloKiB).toFixed(2)} × hello world; ${(ourKiB * 1.024 / 400).toFixed(2)} of 400 KB`);
}

export async function firstPage(app, report, { rounds = 3 } = {}) {
  const times = [];
  for (let round = 0; round < rounds; round++) { const server = await startCockpit(app); times.push(server.firstPageMs); await server.stop(); }
  const median = quantile(times, 0.5);
  report('start → first page, embedded', `median ${(median / 1000).toFixed(2)} s of ${rounds}`, '≤ 3 s', (median / 3000).toFixed(2));
}
