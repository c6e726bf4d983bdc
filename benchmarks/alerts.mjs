// A storm: 10,000 alerts of 100 rules at once, in deliveries as Alertmanager groups them, with somebody looking at the list of incidents.
import { openBrowser } from './browser.mjs';
import { pause, quantile, residentKiB, startCockpit } from './processes.mjs';

const token = 'a-token-of-the-bench';

const delivery = (rule, count, from) => JSON.stringify({
  version: '4', groupKey: `{}:{alertname="Storm${rule}"}`, truncatedAlerts: 0, status: 'firing', receiver: 'cockpit',
  alerts: Array.from({ length: count }, (_, index) => ({
    status: 'firing', labels: { alertname: `Storm${rule}`, instance: `node-${from + index}`, severity: 'warning', service: `service-${rule % 7}` },
    annotations: { summary: `Storm ${rule} on node ${from + index}` }, startsAt: new Date().toISOString(), endsAt: '0001-01-01T00:00:00Z',
  })),
});

export async function alerts(app, report, { rules = 100, each = 100 } = {}) {
  const server = await startCockpit(app, '--Alertmanager:Token', token);
  try {
    await pause(5000);
    const browser = await openBrowser(`${server.url}/incidents`, `document.readyState === 'complete'`);
    await pause(2000);
    const before = residentKiB(server.pid);
    const bodies = Array.from({ length: rules }, (_, rule) => delivery(rule, each, rule * each));
    const delays = [];
    const startedAt = performance.now();
    const seen = browser.evaluate(`new Promise(done => { const look = () => /Alert storm/.test(document.body.textContent) ? done(Date.now()) : setTimeout(look, 10); look(); })`);
    const startedWall = Date.now();
    await Promise.all(bodies.map(async body => {
      const at = performance.now();
      const answer = await fetch(`${server.url}/api/v1/alertmanager`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
      if (!answer.ok) throw new Error(`a delivery was answered with ${answer.status}`);
      await answer.text();
      delays.push(performance.now() - at);
    }));
    const took = (performance.now() - startedAt) / 1000;
    const shown = (await seen - startedWall) / 1000;
    const peak = residentKiB(server.pid);
    await browser.close();
    report(`intake of a storm of ${rules * each} alerts in ${rules} deliveries, Release build`,
      `${(rules * each / took).toFixed(0)} alerts/s, all stored after ${took.toFixed(2)} s (delivery p95 ${quantile(delays, 0.95).toFixed(0)} ms)`, 'none set', '');
    report('storm on the screen of somebody who looks', `${shown.toFixed(2)} s after the first delivery was sent`, 'none set', '');
    report('memory of the storm', `${((peak - before) / 1024).toFixed(0)} MiB, ${((peak - before) * 1024 / (rules * each)).toFixed(0)} bytes an alert`, 'none set', '');
  } finally { await server.stop(); }
}
