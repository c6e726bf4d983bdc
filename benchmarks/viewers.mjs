// Viewers of the live hub: as many connections as asked for, from several lean processes, and how long a broadcast takes to reach them.
import { cpuSeconds, pause, quantile, residentKiB, startCockpit, startScript } from './processes.mjs';

const budgetMs = 100;

export async function viewers(app, report, { counts = [2000, 18000], processes = 2, seconds = 20 } = {}) {
  const server = await startCockpit(app);
  try {
    await pause(4000);
    for (const count of counts) {
      const before = residentKiB(server.pid);
      const clients = Array.from({ length: processes }, () => startScript('viewer-client.mjs', [server.url, Math.ceil(count / processes), seconds]));
      const open = (await Promise.all(clients.map(client => client.next()))).reduce((sum, client) => sum + client.open, 0);
      const memory = (residentKiB(server.pid) - before) / open;
      await pause(2000);
      const [cpu, at] = [cpuSeconds(server.pid), performance.now()];
      for (const client of clients) client.tell('measure');
      const results = await Promise.all(clients.map(client => client.next()));
      const load = (cpuSeconds(server.pid) - cpu) / ((performance.now() - at) / 1000);
      await Promise.all(clients.map(client => client.end()));
      const delays = results.flatMap(result => result.delays);
      const received = results.reduce((sum, result) => sum + result.received, 0);
      const gaps = results.reduce((sum, result) => sum + result.gaps, 0);
      const p95 = quantile(delays, 0.95);
      report(`live hub, ${open} of ${count} viewers at one update a second`,
        `delivery p50 ${quantile(delays, 0.5)} ms, p95 ${p95} ms (${(received / seconds / open).toFixed(2)} updates/s each, ${gaps} gaps; server ${load.toFixed(2)} cores, ${memory.toFixed(0)} KiB each)`,
        `18,000; p95 ≤ ${budgetMs} ms`, `${(open / 18000).toFixed(2)} of the viewers; ${(p95 / budgetMs).toFixed(2)} of the time`);
      await pause(3000);
    }
  } finally { await server.stop(); }
}
