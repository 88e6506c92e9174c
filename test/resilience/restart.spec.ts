import type { Alert } from '@muckwatch/contract';
import { io, type Socket } from 'socket.io-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { Intake } from '../../apps/server/src/intake/intake.service.js';
import { TruckMemory } from '../../apps/server/src/intake/truck-memory.js';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { register, reportsOf } from './night.js';
import { untilIt } from './progress.js';
import { AN_HOUR_AGO, CROOKED, haul, streetRegistry } from './street.js';
import { Terminals } from './terminals.js';
import { judged, mismatches, storedAlerts } from './verdict.js';

const HAUL = haul(CROOKED).map((report) => JSON.stringify(report));
/** Truck k is k reports behind truck 0, so that one restart meets the haul at every one of its reports. */
const TRUCKS = HAUL.length;
/** Between which steps the server is restarted: the second meets every report, the others meet most hauls a second and a third time. */
const RESTARTS = [TRUCKS - 7, TRUCKS, TRUCKS + 9];

describe('the server, stopped and started at any report of a haul', () => {
  let server: TestServer;
  let terminals: Terminals;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer();
    await register(server, streetRegistry(TRUCKS));
    terminals = new Terminals(mqttUrlOf(server));
    for (let truck = 0; truck < TRUCKS; truck++) terminals.add(`terminal-${truck}`, `secret of terminal-${truck}`);
    page = new Page(server);
    await page.untilShown(1);
  });
  afterAll(async () => {
    page.close();
    terminals.stop();
    await server.close();
  });

  it('finds the same alerts with the same numbers and the same hauls, and tells nobody of what it finds again', async () => {
    for (let step = 0; step < TRUCKS + HAUL.length; step++) {
      for (let truck = 0; truck < TRUCKS; truck++) if (HAUL[step - truck]) terminals.send(`terminal-${truck}`, HAUL[step - truck]!);
      await terminals.untilAcknowledged();
      if (RESTARTS.includes(step)) await restart();
    }

    const reports = reportsOf(terminals.acknowledgedPackets());
    expect(reports.size).toBe(TRUCKS * HAUL.length);
    const expected = judged(reports.values(), server.app.get(FleetService));
    expect(new Set([...expected.alerts.values()].map(({ rule }) => rule)).size).toBe(5);
    expect(await mismatches(server.database, reports, expected)).toEqual([]);

    const stored = await storedAlerts(server.database);
    await untilIt(
      'the page has heard of every alert',
      () => [...stored.keys()].every((id) => page.versions.has(id)),
      () => page.told.length,
    );
    expect(page.repeated).toEqual([]);
  }, 300_000);

  it('doubts what it doubted: a jump from before the snapshot does not make later ones believed', async () => {
    const [first] = haul(CROOKED);
    const at = (seconds: number, lon: number) => JSON.stringify({ ...first, time: AN_HOUR_AGO + 1_200_000 + seconds * 1_000, lon, speedKmh: null });
    const [here, far] = [113.38, 113.8];
    // The jump's clock is ahead; what comes after it is believed, five minutes after the last snapshot, and settles the jump.
    const before = [at(0, here), at(330, far), at(300, here)];
    for (const payload of before) {
      terminals.send('terminal-0', payload);
      await terminals.untilAcknowledged();
    }
    await restart();

    const after = [at(340, far), at(350, far)];
    for (const payload of after) terminals.send('terminal-0', payload);
    await terminals.untilAcknowledged();
    const reports = reportsOf([...terminals.acknowledgedPackets().filter(({ terminalId }) => terminalId === 'terminal-0')]);
    const expected = judged(reports.values(), server.app.get(FleetService)).states.get('truck-0')!;
    expect(expected.doubted).toHaveLength(2);
    expect(server.app.get(TruckMemory).get('truck-0').state).toEqual(expected);
  }, 120_000);

  async function restart(): Promise<void> {
    await page.settled();
    const told = page.told.length;
    const known = new Map(page.versions);
    const shown = page.snapshots.length;
    server = await server.restart();
    terminals.url = mqttUrlOf(server);
    await page.untilShown(shown + 1);
    await untilIt(
      'the terminals are back',
      () => terminals.connected === TRUCKS,
      () => terminals.connected,
    );
    await page.settled();
    expect(page.told.slice(told)).toEqual([]);
    expect(new Map(page.snapshots.at(-1)!.map(({ id, version }) => [id, version]))).toEqual(known);
  }
});

/** A control room that listens: what it is told, and what it is shown when it connects again. */
class Page {
  readonly told: Alert[] = [];
  readonly snapshots: Alert[][] = [];
  /** The greatest version told of each alert. */
  readonly versions = new Map<string, number>();
  /** Told though it was known. */
  readonly repeated: string[] = [];
  readonly #socket: Socket;

  constructor({ url, adminToken }: TestServer) {
    this.#socket = io(`${url}/live`, { auth: { token: adminToken }, transports: ['websocket'], reconnectionDelay: 50, reconnectionDelayMax: 200 });
    this.#socket.on('snapshot', ({ alerts }: { alerts: Alert[] }) => this.snapshots.push(alerts));
    this.#socket.on('alert', (alert: Alert) => {
      this.told.push(alert);
      if ((this.versions.get(alert.id) ?? 0) >= alert.version) this.repeated.push(`${alert.id} version ${alert.version}`);
      this.versions.set(alert.id, alert.version);
    });
  }

  async untilShown(snapshots: number): Promise<void> {
    await untilIt('the page is shown the city', () => this.snapshots.length >= snapshots);
  }

  /** Until nothing more is told. */
  async settled(): Promise<void> {
    for (let told = -1; told !== this.told.length; await sleep(200)) told = this.told.length;
  }

  close(): void {
    this.#socket.close();
  }
}

function mqttUrlOf(server: TestServer): string {
  return `mqtt://127.0.0.1:${(server.app.get(Intake).link as EmbeddedBroker).port}`;
}
