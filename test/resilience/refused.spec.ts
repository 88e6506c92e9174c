import { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { Intake } from '../../apps/server/src/intake/intake.service.js';
import { Recorder } from '../../apps/server/src/intake/recorder.js';
import { TruckMemory } from '../../apps/server/src/intake/truck-memory.js';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { register, reportsOf } from './night.js';
import { untilIt } from './progress.js';
import { CROOKED, haul, type Leg, streetRegistry } from './street.js';
import { Terminals } from './terminals.js';
import { judged, mismatches } from './verdict.js';

const TRUCKS = 24;
/** A report with this field is one that the database refuses, whatever the decoder says of it. */
const MARK = { refused: true } as const;

interface Packet {
  terminalId: string;
  payload: string;
}

describe('a report that the database refuses for its content', () => {
  let server: TestServer;
  let terminals: Terminals;

  beforeEach(async () => {
    server = await startTestServer();
    await register(server, streetRegistry(TRUCKS));
    await server.database.query(`
      create function refuse_marked() returns trigger language plpgsql as $$
      begin
        if new.extra ? 'refused' then raise exception 'this report is marked'; end if;
        return new;
      end $$;
      create trigger refuse_marked before insert on reports for each row execute function refuse_marked()`);
    terminals = new Terminals(`mqtt://127.0.0.1:${(server.app.get(Intake).link as EmbeddedBroker).port}`);
    for (let truck = 0; truck < TRUCKS; truck++) terminals.add(`terminal-${truck}`, `secret of terminal-${truck}`);
    await untilIt(
      'the terminals are connected',
      () => terminals.connected === TRUCKS,
      () => terminals.connected,
    );
  });
  afterEach(async () => {
    terminals.stop();
    await server.close();
  });

  /** Sends while the database is busy with something else, so that much is judged before the first refusal; returns when all is acknowledged. */
  const sendAtOnce = async (packets: Packet[]): Promise<void> => {
    await server.database.transaction(async (client) => {
      await client.query('lock table reports in access exclusive mode');
      for (const { terminalId, payload } of packets) terminals.send(terminalId, payload);
      const { inFlight } = terminals;
      const recorder = server.app.get(Recorder);
      await untilIt(
        'the server has what is on its way',
        () => recorder.waiting > 0.9 * inFlight,
        () => recorder.waiting,
      );
    });
    await terminals.untilAcknowledged();
  };
  const quarantine = async () => {
    const { rows } = await server.database.query<{ source: string; reason: string; detail: string; payload: Buffer }>(
      'select source, reason, detail, payload from quarantine order by source, received_at, payload',
    );
    return rows;
  };

  it('is put aside with its bytes, and everything else is judged as if it had never been sent', async () => {
    // Truck 0 seems to have closed its cover for 20 s in the middle of driving uncovered; the marked report of truck 1 alone would complete the hold of a violation.
    const bounced = stream(0, CROOKED, (report, i) => (i === 9 || i === 10 ? { ...report, cover: 'closed', ...MARK } : report));
    const uncovered: Leg = { seconds: 20, kmh: 40, loadKg: 18_000, cover: 'open' };
    const almost = stream(1, [
      ...CROOKED.slice(0, 2),
      { ...uncovered, cover: 'closed', seconds: 20 },
      uncovered,
      { ...uncovered, seconds: 10, ...MARK },
      ...CROOKED.slice(3),
    ]);
    const others = Array.from({ length: 10 }, (_, i) => stream(i + 2, CROOKED));
    const packets = interleaved([bounced, almost, ...others]);
    await sendAtOnce(packets);

    const good = reportsOf(packets.filter(({ payload }) => !payload.includes('refused')));
    const fleet = server.app.get(FleetService);
    const expected = judged(good.values(), fleet);
    expect([...judged(reportsOf(packets).values(), fleet).alerts.keys()].sort()).not.toEqual([...expected.alerts.keys()].sort()); // else this would prove little
    expect(await mismatches(server.database, good, expected)).toEqual([]);
    expect(terminals.outOfOrder).toBe(0);

    const refused = packets.filter(({ payload }) => payload.includes('refused'));
    expect((await quarantine()).map(({ payload, ...row }) => ({ ...row, payload: payload.toString() }))).toEqual(
      refused
        .sort((a, b) => (a.terminalId < b.terminalId ? -1 : 1))
        .map(({ terminalId, payload }) => ({ source: terminalId, reason: 'refused-by-database', detail: 'this report is marked', payload })),
    );
    const memory = server.app.get(TruckMemory);
    for (const [truck, state] of expected.states) expect({ truck, state: memory.get(truck).state }).toEqual({ truck, state });
  }, 300_000);

  it('is the only one of its array that is put aside', async () => {
    const reports = haul(CROOKED).map((report, i) => (i % 10 === 7 ? { ...report, ...MARK } : report));
    const arrays = [reports.slice(0, 25), reports.slice(25)].map((array) => JSON.stringify(array.map((report) => ({ ...report, buffered: true }))));
    await sendAtOnce([...arrays.map((payload) => ({ terminalId: 'terminal-0', payload })), ...interleaved([stream(1, CROOKED), stream(2, CROOKED)])]);

    const good = [...reportsOf(terminals.acknowledgedPackets())].filter(([, { extra }]) => extra === null);
    const expected = judged(
      good.map(([, report]) => report),
      server.app.get(FleetService),
    );
    expect(await mismatches(server.database, new Map(good), expected)).toEqual([]);
    const aside = await quarantine();
    expect(aside.map(({ source, reason }) => ({ source, reason }))).toEqual(
      Array.from({ length: 5 }, () => ({ source: 'terminal-0', reason: 'refused-by-database' })),
    );
    expect(aside.map(({ payload }) => (JSON.parse(payload.toString()) as { seq: number }).seq).sort((a, b) => a - b)).toEqual([7, 17, 27, 37, 47]);
  }, 300_000);

  it('does not make the server commit one by one for longer than what it was committed with', async () => {
    const streams = Array.from({ length: TRUCKS }, (_, i) => stream(i, CROOKED, (report, seq) => (i === 0 && seq === 3 ? { ...report, ...MARK } : report)));
    const packets = interleaved(streams);
    await sendAtOnce(packets);
    const { rows } = await server.database.query<{ reports: number; transactions: number }>(
      'select count(*)::int as reports, count(distinct xmin::text)::int as transactions from reports',
    );
    expect(rows[0]!.reports).toBe(packets.length - 1);
    // At most a window of each terminal was on its way when the batch was refused.
    expect(rows[0]!.transactions).toBeLessThan(TRUCKS * 8 * 2);
  }, 300_000);
});

function stream(truck: number, legs: Leg[], change: (report: object, i: number) => object = (report) => report): Packet[] {
  return haul(legs).map((report, i) => ({ terminalId: `terminal-${truck}`, payload: JSON.stringify(change(report, i)) }));
}

/** One of each in turn. */
function interleaved(streams: Packet[][]): Packet[] {
  const longest = Math.max(...streams.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => streams.flatMap((packets) => packets[i] ?? [])).flat();
}
