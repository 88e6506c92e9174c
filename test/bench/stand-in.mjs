// A stand-in for the server that feeds the built control room: what costs is the page's, and nothing else's.
import express from 'express';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { fleet } from './fleet.mjs';

const STATES = ['empty', 'loaded', 'loaded', 'empty', 'unknown'];
const startedAt = new Date().toISOString();

/** `count` trucks; `more(app)` adds addresses of its own. */
export async function standIn(count, { alerts = () => [], more = () => undefined } = {}) {
  const trucks = fleet(count);
  const positions = (at) =>
    Array.from({ length: count }, (_, i) => {
      const { lat, lon, speedKmh, headingDeg } = trucks.next(i, at);
      const plate = `鄂S${String(i).padStart(5, '0')}`;
      return { id: `t${i}`, plate, at: new Date(at).toISOString(), lat, lon, speedKmh, headingDeg, state: STATES[i % STATES.length] };
    });

  const app = express();
  const json = (value) => (_, response) => response.json(value);
  const sees = { districtIds: null, companyIds: null, placeIds: null };
  app.get('/api/v1/auth/me', json({ id: 'a', username: 'admin', name: 'admin', role: 'admin', ...sees, createdAt: startedAt, disabled: false }));
  app.get('/api/v1/places', json({ type: 'FeatureCollection', features: [], nextCursor: null }));
  app.get('/api/v1/base-map', json({ type: 'FeatureCollection', features: [] }));
  app.get('/api/v1/settings', json({ tiles: null }));
  app.get('/api/v1/rules', json({ items: [] }));
  app.use('/api', json({ items: [], nextCursor: null }));
  more(app);
  app.use(express.static('dist/apps/control-room'));
  const http = createServer(app);
  const live = new Server(http).of('/live');
  live.on('connection', (socket) =>
    socket.emit('snapshot', { at: new Date().toISOString(), trucks: positions(Date.now()), alerts: alerts(), health: healthOf(count) }),
  );
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    live,
    positions,
    close() {
      live.server.close();
      http.closeAllConnections();
    },
  };
}

function healthOf(count) {
  const counted = ['reportsPerS', 'messagesPerS', 'waiting', 'reports', 'duplicates', 'late', 'doubted', 'quarantined', 'sightings', 'ruleFaults'];
  return {
    at: new Date().toISOString(),
    version: '0',
    startedAt,
    cityTimeZone: 'Asia/Shanghai',
    database: { kind: 'embedded', ok: true, since: startedAt, error: null, versions: '', queued: 0, waitMs: 1, commitP50Ms: 1, commitP99Ms: 1 },
    broker: { kind: 'embedded', ok: true, since: startedAt, error: null, clients: count, refusedSignIns: 0, refusedTopics: 0 },
    intake: {
      ...Object.fromEntries(counted.map((name) => [name, 0])),
      lastReportAt: startedAt,
      receivedToCommittedP50Ms: 1,
      receivedToCommittedP99Ms: 1,
      fixToReceivedP50Ms: 1,
      fixToReceivedP99Ms: 1,
    },
    fleet: { trucks: count, heard: count, silent: 0, places: 0 },
    live: { sockets: 1 },
    quarantine: { last24h: 0 },
    memoryMb: 500,
  };
}
