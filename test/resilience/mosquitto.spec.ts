import { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { Mosquitto, MOSQUITTO } from '../mqtt/mosquitto.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { makeNight, type Night, play, register, reportsOf } from './night.js';
import { untilIt } from './progress.js';
import { Terminals } from './terminals.js';
import { judged, mismatches, storedAlerts, untrue } from './verdict.js';

if (!MOSQUITTO) console.warn('\n!!! NOT TESTED: a Mosquitto that is stopped and started under load. Install it: apt-get install mosquitto\n');
const describeMosquitto = MOSQUITTO ? describe : describe.skip;

describeMosquitto('a real Mosquitto, stopped cleanly and started in mid-load', () => {
  const night: Night = MOSQUITTO ? makeNight({ trucks: 24, minutes: 40, seed: 1 }) : (null as never);
  let mosquitto: Mosquitto;
  let server: TestServer;
  let terminals: Terminals;

  beforeEach(async () => {
    mosquitto = new Mosquitto();
    await mosquitto.prepare();
    await mosquitto.start();
    server = await startTestServer({ MQTT_URL: mosquitto.url });
    await register(server, night.registry);
    terminals = new Terminals(mosquitto.url);
  });
  afterEach(async () => {
    terminals.stop();
    await server.close();
    await mosquitto.remove();
  });

  const until = (share: number) =>
    untilIt(
      'the load goes on',
      () => terminals.acknowledged >= share * night.packets.length,
      () => terminals.acknowledged,
    );
  const stored = async () => (await server.database.query<{ count: number }>('select count(*)::int as count from reports')).rows[0]!.count;
  const proveNothingLost = async () => {
    await terminals.untilAcknowledged();
    const reports = reportsOf(night.packets);
    let count = 0;
    await untilIt(
      'every report is stored',
      async () => (count = await stored()) === reports.size,
      () => `${count} of ${reports.size}`,
    );
    const expected = judged(reports.values(), server.app.get(FleetService));
    expect(await mismatches(server.database, reports, expected)).toEqual([]);
    expect(untrue(night.truth, await storedAlerts(server.database))).toEqual([]);
    expect(expected.alerts.size).toBeGreaterThan(5);
  };

  it('loses no report whose PUBACK a terminal saw, and every violation is found once', async () => {
    play(night, terminals);
    for (const share of [0.25, 0.6]) {
      await until(share);
      await mosquitto.stop();
      await mosquitto.start();
    }
    await proveNothingLost();
  }, 600_000);

  it('loses none either when our server is restarted meanwhile, before, after and together', async () => {
    play(night, terminals);
    await until(0.2);
    server = await server.restart();
    await until(0.4);
    await mosquitto.stop();
    server = await server.restart();
    await mosquitto.start();
    await until(0.7);
    await mosquitto.stop();
    await mosquitto.start();
    server = await server.restart();
    await proveNothingLost();
  }, 600_000);
});
