// Starts the built server on free ports with its own data folder, and registers a fleet.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PASSWORD = 'bench-password-1';
/** Trucks of one import. */
const AN_IMPORT = 2_000;

/** `dataDir`: of an earlier server, which was stopped with `keep` or killed. */
export async function startServer(env = {}, { dataDir = mkdtempSync(join(tmpdir(), 'mw-bench-')), withinMs = 30_000 } = {}) {
  const began = performance.now();
  const [port, mqttPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['--max-semi-space-size=64', 'dist/apps/server/src/main.js'], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      MQTT_URL: '',
      DEMO: 'off',
      ...env,
      PORT: String(port),
      MQTT_PORT: String(mqttPort),
      DATA_DIR: dataDir,
      ADMIN_PASSWORD: PASSWORD,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await until(async () => (await fetch(`${url}/health/ready`)).ok, withinMs, 'the server');
  const readyMs = performance.now() - began;
  // The first account is made after the server has begun to listen.
  let token;
  const signIn = async () => ({ token } = await call(`${url}/api/v1`, null, 'POST', '/auth/login', { username: 'admin', password: PASSWORD }));
  await until(signIn, 30_000, 'the first account');
  const api = (method, path, body) => call(`${url}/api/v1`, token, method, path, body);
  return {
    url,
    token,
    mqtt: `mqtt://127.0.0.1:${mqttPort}`,
    api,
    pid: child.pid,
    dataDir,
    /** From the start of the process until it was ready. */
    readyMs,
    async stop({ keep = false } = {}) {
      child.kill('SIGTERM');
      await gone;
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function call(base, token, method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return text ? JSON.parse(text) : null;
}

export const secretOf = (i) => `bench-secret-${String(i).padStart(6, '0')}`;

/** Registers trucks `t0`… with terminals of the same number, and places. */
export async function register({ api }, trucks, polygons = []) {
  await api('POST', '/companies/import', [{ id: 'c', name: '测试运输' }]);
  for (let first = 0; first < trucks; first += AN_IMPORT) {
    const some = Array.from({ length: Math.min(AN_IMPORT, trucks - first) }, (_, k) => first + k);
    await api(
      'POST',
      '/trucks/import',
      some.map((i) => ({ id: `t${i}`, plate: `鄂S${String(i).padStart(5, '0')}`, companyId: 'c', ratedLoadKg: 18_000 })),
    );
    await api(
      'POST',
      '/terminals/import',
      some.map((i) => ({ id: `term${i}`, truckId: `t${i}`, secret: secretOf(i) })),
    );
  }
  if (polygons.length === 0) return;
  const features = polygons.map(({ id, kind, name, ring, limitKmh }) => ({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [ring] },
    properties: { id, kind, name, limitKmh, validFrom: '2020-01-01T00:00:00Z' },
  }));
  await api('POST', '/places/import', { type: 'FeatureCollection', features });
}

export async function until(claim, ms, what) {
  const deadline = performance.now() + ms;
  for (;;) {
    if (await claim().catch(() => false)) return;
    if (performance.now() > deadline) throw new Error(`${what} was not there within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
