import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../apps/server/src/db/database.js';
import { openDatabase } from '../../apps/server/src/db/database.js';
import { readConfig } from '../../apps/server/src/config.js';
import { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { RegistryStore } from '../../apps/server/src/fleet/registry.store.js';
import { LogStore } from '../../apps/server/src/intake/log.store.js';
import { TruckMemory } from '../../apps/server/src/intake/truck-memory.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { BuiltServer } from './built-server.js';
import { buildAll } from '../support/screens.js';
import { makeNight, type Night, play, register, reportsOf } from './night.js';
import { untilIt } from './progress.js';
import { Terminals } from './terminals.js';
import { judged, mismatches, storedAlerts, untrue } from './verdict.js';

const KILLS = 5;

describe('the server with its embedded database, killed with kill -9 in mid-load five times in a row', () => {
  let data: TestDatabase;
  let night: Night;
  let server: BuiltServer;
  let terminals: Terminals;
  let database: Database | null = null;

  beforeAll(async () => {
    await buildAll();
    data = await openTestDatabase({ on: 'embedded' });
    await data.database.close();
    night = makeNight({ trucks: 50, minutes: 45, seed: 1 });
    server = await BuiltServer.on(data.settings.dataDir);
    terminals = new Terminals(server.mqttUrl);
  }, 300_000);
  afterAll(async () => {
    terminals.stop();
    await server.kill();
    await database?.close();
    await data.close();
  });

  it('has every acknowledged report once, goes on with every open episode, and finds each violation once', async () => {
    await server.start();
    await register({ url: server.url, adminToken: await server.signIn() }, night.registry);
    play(night, terminals);
    for (let kill = 1; kill <= KILLS; kill++) {
      await untilIt(
        'the load goes on',
        () => terminals.acknowledged >= (kill * night.packets.length) / (KILLS + 1),
        () => terminals.acknowledged,
      );
      await sleep(Math.random() * 40);
      expect(terminals.inFlight).toBeGreaterThan(0);
      await server.kill();
      await server.start();
    }
    await terminals.untilAcknowledged();
    await server.stop();

    database = await openDatabase(data.settings);
    const fleet = new FleetService(new RegistryStore(database), readConfig({}));
    await fleet.load();
    const reports = reportsOf(night.packets);
    expect(reportsOf(terminals.acknowledgedPackets()).size).toBe(reports.size);
    const expected = judged(reports.values(), fleet);
    expect(await mismatches(database, reports, expected)).toEqual([]);
    expect(untrue(night.truth, await storedAlerts(database))).toEqual([]);
    expect(expected.alerts.size).toBeGreaterThan(15);

    // What the next start would remember, from snapshots and log, is what one that never ended would know.
    const memory = new TruckMemory(database, new LogStore(database), fleet);
    await memory.loadAll();
    expect(Object.fromEntries([...memory.entries()].map(([id, { state }]) => [id, state]))).toEqual(Object.fromEntries(expected.states));
  }, 900_000);
});
