import type { Alert, AlertDetail, Role } from '@muckwatch/contract';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import request from 'supertest';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { Intake } from '../../apps/server/src/intake/intake.service.js';
import type { TestServer } from './server.js';

/** A report as a terminal writes it. */
export interface Said {
  time: number | string;
  lat: number;
  lon: number;
  [field: string]: unknown;
}

/** Where the tests drive: a tenth of a degree is far enough from any other test. */
export const LAT = 31.69;
const METRES_A_DEGREE_LON = 111_320 * Math.cos((LAT * Math.PI) / 180);
export const eastOf = (lon: number, metres: number) => lon + metres / METRES_A_DEGREE_LON;
export const SECRET = 'sixteen letters!';
export const reportsOf = (terminal: string) => `muck/v1/terminals/${terminal}/reports`;

/** What a truck says on its way east, `everyS` apart, each step at its own speed; `at` is the time of the first. */
export function drive(
  { at, lon, lat = LAT, everyS = 5 }: { at: number; lon: number; lat?: number; everyS?: number },
  steps: Record<string, unknown>[],
): Said[] {
  let east = lon;
  return steps.map((step, i) => {
    if (i > 0) east = eastOf(east, (Number(step.speedKmh ?? 0) / 3.6) * everyS);
    return { time: at + i * everyS * 1_000, lat, lon: east, headingDeg: 90, ...step };
  });
}

export const times = <T>(count: number, step: T): T[] => Array.from({ length: count }, () => step);

/** A square place, `metres` wide, whose western border lies at `lon`. */
export function square(id: string, kind: string, lon: number, metres: number, properties: object = {}, lat = LAT) {
  const [west, east, south, north] = [lon, eastOf(lon, metres), lat - metres / 222_640, lat + metres / 222_640];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { id, kind, name: id, ...properties } };
}

/** Reads until what was read is as wished, or fails saying what was waited for and what was read last. */
export async function eventually<T>(what: string, read: () => T | Promise<T>, holds: (value: T) => boolean = Boolean, withinMs = 20_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain until ${what}; last: ${JSON.stringify(value)?.slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The people and devices round one server. */
export class City {
  readonly #clients: MqttClient[] = [];

  constructor(public server: TestServer) {}

  /** Stops with a server that was started again. */
  get mqttPort(): number {
    return (this.server.app.get(Intake).link as EmbeddedBroker).port;
  }

  call(method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, token = this.server.adminToken): request.Test {
    return request(this.server.url)
      [method](`/api/v1${path}`)
      .set({ Authorization: `Bearer ${token}` });
  }

  /** A company's trucks, each with a terminal of the same id. */
  async trucks(ids: string[], companyId = 'c1', ratedLoadKg = 18_000): Promise<void> {
    await this.call('post', '/companies/import')
      .send([{ id: companyId, name: `公司 ${companyId}` }])
      .expect(200);
    await this.call('post', '/trucks/import')
      .send(ids.map((id) => ({ id, plate: `鄂S-${id}`, companyId, ratedLoadKg })))
      .expect(200);
    await this.call('post', '/terminals/import')
      .send(ids.map((id) => ({ id, truckId: id, secret: SECRET })))
      .expect(200);
  }

  /** A permit of the company to haul from a site, and a yard far away for it: without one every haul from there would be an alert. */
  async permit(siteId: string, companyId = 'c1'): Promise<void> {
    const validFrom = '2026-01-01T00:00:00Z';
    const yardId = `yard-of-${siteId}`;
    await this.call('post', '/places')
      .send(square(yardId, 'yard', 100.5, 200, { validFrom }))
      .expect(201);
    await this.call('post', '/permits')
      .send({ companyId, siteId, yardIds: [yardId], validFrom })
      .expect(201);
  }

  /** A device's connection: resolved once it is signed in. */
  async device(id: string, options: IClientOptions = {}): Promise<MqttClient> {
    const client = await connectAsync(`mqtt://127.0.0.1:${this.mqttPort}`, { username: id, password: SECRET, clientId: id, reconnectPeriod: 0, ...options });
    client.on('error', () => undefined);
    this.#clients.push(client);
    return client;
  }

  /** Says all of it in one buffered upload and returns when it stands in the database. */
  async upload(terminal: string, reports: Said[]): Promise<void> {
    const client = this.#clients.find(({ connected, options }) => connected && options.username === terminal) ?? (await this.device(terminal));
    await client.publishAsync(reportsOf(terminal), JSON.stringify(reports), { qos: 1 });
  }

  /** Newest first. */
  async alerts(query = '', token?: string): Promise<Alert[]> {
    return (await this.call('get', `/alerts?limit=500&${query}`, token).expect(200)).body.items as Alert[];
  }

  async alert(id: string): Promise<AlertDetail> {
    return (await this.call('get', `/alerts/${encodeURIComponent(id)}`).expect(200)).body as AlertDetail;
  }

  async step(id: string, step: string, reason?: string, token?: string): Promise<request.Response> {
    return this.call('post', `/alerts/${encodeURIComponent(id)}/${step}`, token).send(reason === undefined ? undefined : { reason });
  }

  /** Another account with a session of its own; `scope` as an account says it. */
  async person(username: string, role: Role = 'operator', scope: object = {}): Promise<{ id: string; token: string }> {
    const password = 'a long enough one';
    const made = await this.call('post', '/accounts')
      .send({ username, role, password, ...scope })
      .expect(201);
    const { body } = await request(this.server.url).post('/api/v1/auth/login').send({ username, password }).expect(200);
    return { id: made.body.id as string, token: body.token as string };
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.end(true);
    await this.server.close();
  }
}
