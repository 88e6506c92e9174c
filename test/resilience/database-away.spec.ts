import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { Intake } from '../../apps/server/src/intake/intake.service.js';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { Line } from './line.js';
import { makeNight, type Night, play, register, reportsOf } from './night.js';
import { untilIt } from './progress.js';
import { Terminals } from './terminals.js';
import { judged, mismatches, storedAlerts, untrue } from './verdict.js';

const DATABASE_URL = process.env.DATABASE_URL;
if (!DATABASE_URL) console.warn('\n!!! NOT TESTED: a TimescaleDB server that goes away under load. Set DATABASE_URL to one.\n');

let night: Night;
let server: TestServer;
let terminals: Terminals;
/** To the server of DATABASE_URL. */
let line: Line | null = null;

beforeAll(() => {
  night = makeNight({ trucks: 24, minutes: 40, seed: 1 });
}, 120_000);
afterEach(async () => {
  terminals.stop();
  await server.close();
  await line?.cut();
});

async function begin(databaseUrl: string | undefined): Promise<void> {
  // The tests' server reads it: no DATABASE_URL is the embedded one.
  if (databaseUrl === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = databaseUrl;
  server = await startTestServer();
  await register(server, night.registry);
  terminals = new Terminals(`mqtt://127.0.0.1:${(server.app.get(Intake).link as EmbeddedBroker).port}`);
  play(night, terminals);
}

const until = (share: number) =>
  untilIt(
    'the load goes on',
    () => terminals.acknowledged >= share * night.packets.length,
    () => terminals.acknowledged,
    () => ({
      acknowledged: terminals.acknowledged,
      connected: terminals.connected,
      inFlight: terminals.inFlight,
      link: server.app.get(Intake).link?.health(),
      engine: server.database.engine?.health,
    }),
  );
const readiness = async () => {
  const response = await fetch(`${server.url}/health/ready`);
  return { status: response.status, text: await response.text() };
};

/** Packets are on their way and nothing is acknowledged; after 5 s the connections are closed, and nobody may sign in. */
async function staysAway(): Promise<void> {
  const acknowledged = await standsStill();
  await untilIt(
    'the connections are closed',
    () => terminals.connected === 0,
    () => terminals.connected,
  );
  const refused = terminals.refused;
  await untilIt(
    'terminals that come back are refused',
    () => terminals.refused > refused + 5,
    () => terminals.refused,
  );
  expect(terminals.acknowledged).toBe(acknowledged);
}

/** What was on its way when it went has arrived or has not. */
async function standsStill(): Promise<number> {
  for (let last = -1; ; await sleep(300)) {
    if (last === terminals.acknowledged) return last;
    last = terminals.acknowledged;
  }
}

async function proveNothingLost(): Promise<void> {
  await terminals.untilAcknowledged();
  const reports = reportsOf(night.packets);
  const expected = judged(reports.values(), server.app.get(FleetService));
  expect(await mismatches(server.database, reports, expected)).toEqual([]);
  expect(untrue(night.truth, await storedAlerts(server.database))).toEqual([]);
  expect(expected.alerts.size).toBeGreaterThan(5);
}

describe('the embedded database', () => {
  beforeEach(() => begin(undefined));

  it('whose engine is ended in mid-load three times has every acknowledged report once, and finds each violation once', async () => {
    // Makes a batch hang between its reports and its end, for longer than a statement may run: the engine is then ended in the middle of it.
    await server.database.query(`
      create table hanging (since timestamptz not null);
      create function hang() returns trigger language plpgsql as $$
      begin
        if exists (select from hanging) then perform pg_sleep(3); end if;
        return null;
      end $$;
      create trigger hang before insert on alerts for each statement execute function hang()`);
    const engine = server.database.engine!;
    for (const share of [0.2, 0.45, 0.7]) {
      await until(share);
      const { restarts } = engine.health;
      await server.database.query('insert into hanging values (now())');
      await engine.withStatementLimit(1_000, () => untilIt('the engine is ended', () => engine.health.restarts > restarts));
      await untilIt('it takes orders again', () =>
        server.database.query('delete from hanging').then(
          () => true,
          () => false,
        ),
      );
    }
    await proveNothingLost();
    expect(engine.health.restarts).toBeGreaterThanOrEqual(3);
  }, 600_000);

  it('that does nothing for us for a while acknowledges nothing, keeps terminals away, and loses nothing', async () => {
    await until(0.3);
    await server.database.transaction(async (client) => {
      await client.query('select 1'); // it has one session: whoever holds it keeps all others waiting
      await staysAway();
    });
    await proveNothingLost();
  }, 600_000);
});

(DATABASE_URL ? describe : describe.skip)('a TimescaleDB server', () => {
  const { hostname, port } = new URL(DATABASE_URL ?? 'postgres://none');
  let direct: pg.Client;

  beforeEach(async () => {
    line = new Line(hostname, Number(port || 5432));
    await line.mend();
    const url = new URL(DATABASE_URL!);
    url.hostname = '127.0.0.1';
    url.port = String(line.port);
    await begin(url.href);
    const { rows } = await server.database.query<{ name: string }>('select current_database() as name');
    const around = new URL(DATABASE_URL!);
    around.pathname = `/${rows[0]!.name}`;
    direct = new pg.Client({ connectionString: around.href });
    await direct.connect();
  });
  afterEach(() => direct.end());

  it('that goes away in mid-load acknowledges nothing meanwhile, keeps terminals away, and has everything once when it is back', async () => {
    await until(0.3);
    await line!.cut();
    await standsStill();
    const { rows } = await direct.query<{ stored: number }>('select count(*)::int as stored from reports');
    expect(reportsOf(terminals.acknowledgedPackets()).size).toBeLessThanOrEqual(rows[0]!.stored);
    await staysAway();
    await untilIt('health says so', async () => (await readiness()).text.includes('broker: The database takes nothing'));
    expect(await readiness()).toMatchObject({ status: 503, text: expect.stringContaining('database: ') as string });

    await line!.mend();
    await until(0.6);
    // And once more, only for a moment.
    await line!.cut();
    await line!.mend();
    await proveNothingLost();
    await untilIt('it is ready again', async () => (await readiness()).status === 200);
  }, 600_000);

  it('that keeps us waiting for a while acknowledges nothing, keeps terminals away, and loses nothing', async () => {
    await until(0.3);
    await direct.query('begin; lock table reports in access exclusive mode');
    await staysAway();
    await direct.query('commit');
    await proveNothingLost();
  }, 600_000);
});
