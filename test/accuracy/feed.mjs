// Puts a made day through a real server: over MQTT, as its terminals and cameras would, in the order in which they would, as fast as it is acknowledged.
import { connectAsync } from 'mqtt';

/** Event time that is on its way at once: what is heard in another order than it was sent would be a disorder of our own. */
const STEP_MS = 30_000;
const SIGN_INS_AT_ONCE = 50;

export async function feed({ mqtt, devices, secretOf, day, onTime }) {
  const clients = new Map();
  for (let i = 0; i < devices.length; i += SIGN_INS_AT_ONCE) {
    const some = devices.slice(i, i + SIGN_INS_AT_ONCE);
    const connected = await Promise.all(
      some.map((id) => connectAsync(mqtt, { clientId: id, username: id, password: secretOf(id), reconnectPeriod: 1_000, keepalive: 300 })),
    );
    some.forEach((id, n) => clients.set(id, connected[n]));
  }
  let underWay = [];
  let until = 0;
  let count = 0;
  const send = (kind, id, stream, payload) => {
    count += Array.isArray(payload) ? payload.length : 1;
    underWay.push(clients.get(id).publishAsync(`muck/v1/${kind}/${id}/${stream}`, JSON.stringify(payload), { qos: 1 }));
  };
  const sightings = (at) => {
    while (day.sightings.length > 0 && day.sightings[0].at <= at) {
      const { cameraId, payload } = day.sightings.shift();
      send('cameras', cameraId, 'sightings', payload);
    }
  };
  for (const { at, terminalId, payload } of day.sent) {
    if (at >= until) {
      await Promise.all(underWay);
      underWay = [];
      until = at + STEP_MS;
      onTime(at, count);
    }
    sightings(at);
    send('terminals', terminalId, 'reports', payload);
  }
  sightings(Infinity);
  await Promise.all(underWay);
  onTime(Infinity, count);
  await Promise.all([...clients.values()].map((client) => client.endAsync(true)));
  return count;
}
