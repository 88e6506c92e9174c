// node load.mjs <mqtt url> <trucks> <seconds> [reports a second]: publishes as fast as it is acknowledged, or at a rate. Tells its parent what was acknowledged.
import { connectAsync } from 'mqtt';
import { fleet } from './fleet.mjs';
import { secretOf } from './server.mjs';

const [url, count, seconds, rate] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const IN_FLIGHT = 8;

const trucks = fleet(count);
const clients = [];
for (let i = 0; i < count; i += 50) {
  const some = Array.from({ length: Math.min(50, count - i) }, (_, k) => i + k);
  clients.push(
    ...(await Promise.all(
      some.map((k) => connectAsync(url, { clientId: `term${k}`, username: `term${k}`, password: secretOf(k), reconnectPeriod: 0, keepalive: 120 })),
    )),
  );
}

let acked = 0;
const began = performance.now();
const until = began + seconds * 1_000;
// A truck's clock goes on a second a report, from far enough back that it stays behind the server's, and not so far that its chunks are compressed meanwhile.
const clocks = clients.map(() => Date.now() - 12 * 3_600_000);
const publish = async (i) => {
  clocks[i] += 1_000;
  await clients[i].publishAsync(`muck/v1/terminals/term${i}/reports`, JSON.stringify(trucks.next(i, clocks[i])), { qos: 1 });
  acked++;
};

if (rate) {
  const running = [];
  for (let n = 0; performance.now() < until;) {
    const due = Math.floor(((performance.now() - began) / 1_000) * rate);
    while (n < due) running.push(publish(n++ % count));
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (running.length > 50_000) await Promise.all(running.splice(0));
  }
  await Promise.all(running);
} else {
  await Promise.all(
    clients.flatMap((_, i) =>
      Array.from({ length: IN_FLIGHT }, async () => {
        while (performance.now() < until) await publish(i);
      }),
    ),
  );
}
process.send({ acked, seconds: (performance.now() - began) / 1_000 });
await Promise.all(clients.map((client) => client.endAsync(true)));
process.exit(0);
