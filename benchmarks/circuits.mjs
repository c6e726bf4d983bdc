// Opens dashboards without a browser: fetches the page, starts its circuit and acknowledges every render batch, as the browser's
// script does.   node circuits.mjs URL COUNT
// Prints {open} when they are open, {batches, bytes, seconds} when its standard input ends, and closes them.
import { HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const atOnce = 10;
const script = { 'JS.AttachComponent': 0, 'JS.EndInvokeDotNet': 0, 'JS.EndLocationChanging': 0, 'JS.ReceiveByteArray': 0, 'JS.BeginTransmitStream': 0, 'JS.SavePersistedState': 0 };
const seen = { batches: 0, bytes: 0 };

class RenderProtocol extends MessagePackHubProtocol { name = 'blazorpack'; }

async function openDashboard() {
  const page = await (await fetch(url)).text();
  const markers = [...page.matchAll(/<!--Blazor:(\{.*?\})-->/g)].map(match => JSON.parse(match[1])).filter(marker => marker.type === 'server' && marker.descriptor);
  const state = /<!--Blazor-Server-Component-State:(.*?)-->/.exec(page)?.[1] ?? '';
  const connection = new HubConnectionBuilder()
    .withUrl(new URL('/_blazor', url).href, { transport: HttpTransportType.WebSockets })
    .withHubProtocol(new RenderProtocol()).configureLogging(LogLevel.None).build();
  for (const name of Object.keys(script)) connection.on(name, () => {});
  connection.on('JS.Error', error => console.error('circuit error:', error));
  connection.on('JS.BeginInvokeJS', id => { if (id > 0) connection.send('EndInvokeJSFromDotNet', id, true, `[${id},true,null]`); });
  connection.on('JS.RenderBatch', (id, data) => { seen.batches++; seen.bytes += data.length; connection.send('OnRenderCompleted', id, null); });
  await connection.start();
  const circuit = await connection.invoke('StartCircuit', new URL('/', url).href, url, '[]', state);
  if (!circuit) throw new Error('the server refused a circuit');
  const operations = markers.map((marker, index) => ({ type: 'add', ssrComponentId: index + 1, marker }));
  await connection.send('UpdateRootComponents', JSON.stringify({ batchId: 1, operations }), state);
  return { connection, circuit };
}

const dashboards = [];
while (dashboards.length < count)
  dashboards.push(...await Promise.all(Array.from({ length: Math.min(atOnce, count - dashboards.length) }, openDashboard)));
await new Promise(done => setTimeout(done, 1000));
const [from, startedAt] = [{ ...seen }, performance.now()];
console.log(JSON.stringify({ open: dashboards.length }));

process.stdin.resume();
await new Promise(done => process.stdin.once('end', done));
console.log(JSON.stringify({ batches: seen.batches - from.batches, bytes: seen.bytes - from.bytes, seconds: (performance.now() - startedAt) / 1000 }));
await Promise.allSettled(dashboards.map(async ({ connection, circuit }) => {
  const form = new FormData(); form.set('circuitId', circuit);
  await fetch(new URL('/_blazor/disconnect', url), { method: 'POST', body: form });
  await connection.stop();
}));
process.exit(0);
