// Many viewers in one process, as lean as can be: it speaks the hub's JSON protocol over WebSocket frames on bare sockets.
//   node viewer-client.mjs URL COUNT SECONDS
// Prints {open} when all have joined; a line on standard input starts the measurement, whose end prints {delays, received, gaps}.
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';

const [url, count, seconds] = [new URL(process.argv[2]), Number(process.argv[3]), Number(process.argv[4])];
const end = 0x1e;
const atOnce = 100;
let measuring = false, received = 0, gaps = 0;
const delays = [];

function frame(text) {
  const body = Buffer.from(text + String.fromCharCode(end));
  const mask = randomBytes(4);
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255]);
  const masked = Buffer.from(body.map((byte, index) => byte ^ mask[index & 3]));
  return Buffer.concat([head, mask, masked]);
}

const greeting = frame('{"protocol":"json","version":1}');
const join = frame('{"type":1,"invocationId":"1","target":"Join","arguments":["executive"]}');
const ping = frame('{"type":6}');
const number = (text, name) => { const at = text.indexOf(`"${name}":`); return at < 0 ? -1 : parseInt(text.substr(at + name.length + 3, 16), 10); };
const sockets = [];

const openViewer = () => new Promise((done, fail) => {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  let upgraded = false, joined = false, held = -1, rest = '';
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('closed')));
  socket.on('connect', () => socket.write(`GET /hubs/live HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`));
  socket.on('data', data => {
    if (!upgraded) {
      if (!data.toString('latin1').startsWith('HTTP/1.1 101')) return fail(new Error(data.toString('latin1').split('\r\n')[0]));
      upgraded = true;
      socket.write(greeting); socket.write(join);
      return;
    }
    const now = Date.now();
    rest += data.toString('latin1');
    for (let at; (at = rest.indexOf('\x1e')) >= 0; rest = rest.slice(at + 1)) {
      const message = rest.slice(0, at);
      if (!joined) {
        if (!message.includes('"invocationId":"1"')) continue;
        joined = true; held = number(message, 'number'); sockets.push(socket); done();
        continue;
      }
      const [from, to] = [number(message, 'from'), number(message, 'to')];
      if (to < 0 || to <= held) continue;
      if (from !== held && measuring) gaps++;
      held = to;
      if (measuring) { received++; delays.push(now - number(message, 'sentAt')); }
    }
  });
});

let failed;
for (let opened = 0; opened < count && !failed; opened += atOnce)
  await Promise.all(Array.from({ length: Math.min(atOnce, count - opened) }, openViewer)).catch(error => { failed = error; });
if (failed) console.error(`viewer ${sockets.length + 1}: ${failed.message}`);
setInterval(() => { for (const socket of sockets) socket.write(ping); }, 10000).unref();
console.log(JSON.stringify({ open: sockets.length }));

process.stdin.resume();
await new Promise(done => process.stdin.once('data', done));
measuring = true;
await new Promise(done => setTimeout(done, seconds * 1000));
measuring = false;
const every = Math.max(1, Math.floor(delays.length / 20000));
console.log(JSON.stringify({ delays: delays.filter((_, index) => index % every === 0), received, gaps }));
await new Promise(done => process.stdin.once('end', done));
process.exit(0);
