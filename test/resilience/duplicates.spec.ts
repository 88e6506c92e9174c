import fc from 'fast-check';
import type { WireReport } from '../../apps/simulator/src/index.js';
import { FleetService } from '../../apps/server/src/fleet/fleet.service.js';
import { Intake } from '../../apps/server/src/intake/intake.service.js';
import { TruckMemory } from '../../apps/server/src/intake/truck-memory.js';
import type { EmbeddedBroker } from '../../apps/server/src/mqtt/embedded-broker.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { register, reportsOf } from './night.js';
import { haul, type Leg, streetRegistry } from './street.js';
import { Terminals } from './terminals.js';
import { judged, mismatches } from './verdict.js';

const RUNS = 25;
/** Counterexamples are made smaller with trucks of their own too. */
const TRUCKS = RUNS + 60;

const legs: fc.Arbitrary<Leg[]> = fc
  .array(
    fc.record({
      seconds: fc.constantFrom(20, 30, 60),
      kmh: fc.constantFrom(0, 30, 40, 80),
      cover: fc.constantFrom('open' as const, 'closed' as const),
      bedAngleDeg: fc.constantFrom(0, 0, 0, 20, 45),
      loadKg: fc.constantFrom(18_000, 18_000, 12_000, 400),
    }),
    { minLength: 4, maxLength: 10 },
  )
  .map((drives) => [{ seconds: 60, kmh: 0, loadKg: 500 }, { seconds: 60, kmh: 0, loadKg: 18_000 }, ...drives]);

/** How a haul goes up: first deliveries in order of time, packed alone or together, each followed by older ones again. */
interface Packing {
  /** How many reports each packet brings anew. */
  fresh: number;
  buffered: boolean;
  /** Which of the reports sent before come along again, counted back from the newest. */
  again: number[];
  /** The whole packet is sent so many times. */
  times: number;
  /** In an array the order is anybody's. */
  shuffled: number;
}
const packings = fc.array(
  fc.record({
    fresh: fc.integer({ min: 0, max: 6 }),
    buffered: fc.boolean(),
    again: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
    times: fc.integer({ min: 1, max: 3 }),
    shuffled: fc.nat(),
  }),
  { minLength: 10, maxLength: 60 },
);

/** Clocks of whole seconds are normal: which reports are followed by another one of the same time. */
const twins = fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 5 });

describe('reports that come several times, alone and in buffered uploads, shuffled and redelivered', () => {
  let server: TestServer;
  let terminals: Terminals;
  let next = 0;

  beforeAll(async () => {
    server = await startTestServer();
    await register(server, streetRegistry(TRUCKS));
    terminals = new Terminals(`mqtt://127.0.0.1:${(server.app.get(Intake).link as EmbeddedBroker).port}`);
  });
  afterAll(async () => {
    terminals.stop();
    await server.close();
  });

  it('are one row each, make one alert of an episode, and nothing late', async () => {
    const rules = new Set<string>();
    await fc.assert(
      fc.asyncProperty(legs, twins, packings, async (drive, twinned, packing) => {
        const number = next++;
        const terminalId = `terminal-${number}`;
        const reports = withTwins(haul(drive), twinned);
        terminals.add(terminalId, `secret of ${terminalId}`);
        for (const payload of packed(reports, packing)) terminals.send(terminalId, payload);
        await terminals.untilAcknowledged();

        const once = reportsOf(reports.map((report) => ({ terminalId, payload: JSON.stringify(report) })));
        const expected = judged(once.values(), server.app.get(FleetService));
        for (const { rule } of expected.alerts.values()) rules.add(rule);
        expect(await mismatches(server.database, once, expected)).toEqual([]);
        const { state } = server.app.get(TruckMemory).get(`truck-${number}`);
        // Whether the last report came in an upload is not asked.
        const last = { ...state.last, buffered: false };
        expect({ ...state, last }).toEqual(expected.states.get(`truck-${number}`));
        await server.database.query('truncate reports, alerts, hauls, judge_due cascade');
      }),
      { numRuns: RUNS, seed: 20261124 },
    );
    expect(rules.size).toBeGreaterThan(3);
  }, 300_000);
});

function withTwins(reports: WireReport[], twinned: number[]): WireReport[] {
  const all = reports.flatMap((report, i) => (twinned.includes(i) ? [report, { ...report, bedAngleDeg: report.bedAngleDeg! + 0.5 }] : [report]));
  return all.map((report, seq) => ({ ...report, seq }));
}

/** The packets of a haul; what the packings leave over goes up alone, report by report. */
function packed(reports: object[], packings: Packing[]): string[] {
  const packets: string[] = [];
  let sent = 0;
  for (const { fresh, buffered, again, times, shuffled } of packings) {
    const old = again.filter((back) => back < sent).map((back) => reports[sent - 1 - back]!);
    const elements = [...old, ...reports.slice(sent, sent + fresh)];
    sent = Math.min(reports.length, sent + fresh);
    if (elements.length === 0) continue;
    const order = elements.map((report, i) => ({ report, place: (i * 7_919 + shuffled) % 31 })).sort((a, b) => a.place - b.place);
    const array = order.map(({ report }) => (buffered ? { ...report, buffered: true } : report));
    packets.push(...Array.from({ length: times }, () => JSON.stringify(array.length === 1 ? array[0] : array)));
  }
  return [...packets, ...reports.slice(sent).map((report) => JSON.stringify(report))];
}
