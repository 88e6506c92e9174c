import fc from 'fast-check';
import type { PlacedFinding } from './findings.js';
import { alertId } from './alert.js';
import { compareLogged, type Logged } from './judge.js';
import type { Place } from './place.js';
import { compareReports, type Report } from './report.js';
import { RULES } from './rules/index.js';
import { NEW_TRUCK, type TruckState } from './state.js';
import type { Camera, Sighted } from './sighting.js';
import { take } from './take.js';
import { at, clock, drive, east, HOME, permit, route, sighted, sightingOf, square, TRUCK, worldsOf } from './testing.js';
import { TestServer, toldInOrder } from './testing-server.js';
import type { Transition } from './visit.js';

const RUNS = { seed: 20_261_123, numRuns: 150 };

// A city of 1 km in which everything overlaps, some of it by the clock.
const PLACES: Place[] = [
  square('site', east(-300), 200),
  square('yard', east(300), 200),
  square('parking-lot', east(0, 300), 150, { curfew: [{ from: '06:00', to: '20:00' }] }),
  square('no-go', east(100), 250),
  square('no-go', east(0, -200), 200, { id: 'constructor', hours: [{ from: '08:05', to: '08:20' }] }),
  square('speed-zone', HOME, 500, { limitKmh: 30 }),
  square('wash-bay', east(-200, 50), 12),
];
// Nothing of it fits what the truck does here.
const PERMITS = [permit({ siteId: 'elsewhere', yardIds: ['elsewhere'], routeIds: ['route-1'], hours: [{ from: '21:00', to: '05:00' }] })];
const ROUTES = [route([east(-900, 300), east(900, 300)])];
const OFTEN = ['uncovered-load', 'spill', 'illegal-dumping', 'speeding', 'no-go', 'off-route', 'out-of-hours'];
const judging = { truck: TRUCK, worlds: worldsOf(PLACES, { permits: PERMITS, routes: ROUTES }), rules: RULES };

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0); // JSON has no negative zero
/** What a terminal says, and where it is unsaid or wrong. A step changes some of it, the rest is said on: nothing is ever held otherwise. */
const said: fc.Arbitrary<Partial<Report>> = fc.record(
  {
    speedKmh: maybe(fc.oneof(between(0, 120), fc.constantFrom(0, 5, 40, 90))),
    headingDeg: maybe(fc.oneof(between(0, 360), fc.constantFrom(0, 90, 270))),
    accuracyM: fc.constantFrom(null, 3, 3, 8, 8, 49, 51, 600),
    bed: fc.constantFrom(null, null, 'down', 'raised', 'raised', 'fault'),
    bedAngleDeg: maybe(fc.oneof(between(-10, 90), fc.constantFrom(0, 14, 45))),
    cover: fc.constantFrom(null, 'closed', 'open', 'open', 'fault'),
    loadKg: maybe(fc.oneof(between(-5_000, 30_000), fc.constantFrom(300, 18_000, 18_000))),
    loadState: fc.constantFrom(null, null, null, 'empty', 'half', 'full', 'fault'),
    seq: maybe(fc.nat(5)),
    extra: fc.constantFrom(null, { note: 'x'.repeat(2_000) }),
    source: fc.constantFrom('terminal-1', 'terminal-1', 'terminal-2', '__proto__'),
  },
  { requiredKeys: [] },
);
/** Where the truck goes from one report to the next, and after how long: now and then a jump, a pause, the same second again. */
const stepOf = (jumps: number) =>
  fc.record({
    afterMs: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 500, max: 12_000 }) },
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 900_000 }) },
    ),
    x: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: -60, max: 60 }) }, { weight: jumps, arbitrary: fc.constant(9_000) }),
    y: fc.integer({ min: -40, max: 40 }),
    said,
    times: fc.integer({ min: 1, max: 12 }),
  });
const journeyOf = (maxLength: number, jumps: number) =>
  fc.array(stepOf(jumps), { minLength: 1, maxLength }).map((steps): Report[] => {
    let [x, y, time] = [0, 0, clock('08:00:00')];
    let now: Partial<Report> = { speedKmh: 40, headingDeg: 90, bedAngleDeg: 0, cover: 'closed', loadKg: 18_000 };
    return steps.flatMap((next, i) => {
      now = { ...now, ...next.said };
      return Array.from({ length: next.times }, (_, n) => {
        const jump = next.x === 9_000;
        if (!jump) [x, y] = [Math.max(-500, Math.min(500, x + next.x)), Math.max(-500, Math.min(500, y + next.y))];
        time += next.afterMs;
        return at(time, { ...now, point: jump ? east(9_000) : east(x, y), digest: `${i}-${n}` });
      });
    });
  });
const journey = journeyOf(40, 1);

interface Played {
  state: TruckState;
  findings: PlacedFinding[];
  transitions: Transition[];
}
function play(reports: Report[], from: TruckState = NEW_TRUCK, each: (state: TruckState) => TruckState = (state) => state): Played {
  const played: Played = { state: from, findings: [], transitions: [] };
  for (const report of reports) {
    const taken = take(played.state, report, judging);
    if (taken.kind === 'doubted') played.state = each(taken.state);
    if (taken.kind !== 'believed') continue;
    for (const { faults, findings, transitions } of taken.steps) {
      if (faults.length > 0) throw faults[0]!.error;
      played.findings.push(...findings);
      played.transitions.push(...transitions);
    }
    played.state = each(taken.state);
  }
  return played;
}
const ids = (findings: PlacedFinding[]) => [...new Set(findings.map(({ rule, scope, began }) => alertId(rule, TRUCK.id, scope, began)))];
const opened = (findings: PlacedFinding[]) => findings.filter((finding) => finding.opened);

describe('whatever a truck reports', () => {
  it('never throws, and opens each alert once', () => {
    const rules = new Map<string, number>();
    fc.assert(
      fc.property(journey, (reports) => {
        const { findings } = play([...reports].sort(compareReports));
        expect(opened(findings)).toHaveLength(ids(findings).length);
        for (const { began, ended, at: time, evidence } of findings) {
          expect(began).toBeLessThanOrEqual(time);
          expect(ended ?? began).toBeGreaterThanOrEqual(began);
          expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
        }
        for (const { rule } of opened(findings)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
      }),
      RUNS,
    );
    // The journeys are worth the name only if the rules have something to say of them; some need longer ones than these.
    expect(OFTEN.filter((code) => (rules.get(code) ?? 0) < 5)).toEqual([]);
  });

  it('gives no second alert when reports come again, in whatever order', () => {
    fc.assert(
      fc.property(journey, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }), (reports, again) => {
        const clean = [...reports].sort(compareReports);
        const noisy = [...clean];
        // A repeat comes any time after the report itself.
        for (const [which, when] of again) {
          const report = clean[which % clean.length]!;
          const after = noisy.indexOf(report) + 1;
          noisy.splice(after + (when % (noisy.length - after + 1)), 0, report);
        }
        expect(play(noisy)).toEqual(play(clean));
      }),
      RUNS,
    );
  });

  it('is the same alert again, never another, when a whole upload is heard twice', () => {
    fc.assert(
      fc.property(journey, (reports) => {
        const clean = [...reports].sort(compareReports);
        const once = play(clean);
        const twice = play(
          clean.map((report) => ({ ...report, buffered: true })),
          once.state,
        );
        expect(opened(twice.findings)).toEqual([]);
        // Doubts may be decided anew: what was believed is not.
        expect(twice.state.last).toEqual(once.state.last);
      }),
      RUNS,
    );
  });

  it('leaves a state that is its own JSON, below 8 KB', () => {
    fc.assert(
      fc.property(journey, (reports) => {
        play([...reports].sort(compareReports), NEW_TRUCK, (state) => {
          const text = JSON.stringify(state);
          expect(JSON.parse(text)).toEqual(state);
          expect(text).not.toContain('xxxx');
          expect(JSON.stringify({ ...state, doubted: [] }).length).toBeLessThan(8_192);
          return state;
        });
      }),
      RUNS,
    );
  });

  it('is judged alike when it is cut anywhere and goes on from a snapshot', () => {
    fc.assert(
      fc.property(journey, fc.nat(), (reports, where) => {
        const clean = [...reports].sort(compareReports);
        const cut = where % clean.length;
        const whole = play(clean);
        const before = play(clean.slice(0, cut));
        const after = play(clean.slice(cut), JSON.parse(JSON.stringify(before.state)) as TruckState);
        expect([...before.findings, ...after.findings]).toEqual(whole.findings);
        expect([...before.transitions, ...after.transitions]).toEqual(whole.transitions);
        expect(after.state).toEqual(whole.state);
      }),
      RUNS,
    );
  });
});

describe('the state of a truck', () => {
  const hours = (everyS: number) =>
    drive('08:00:00', HOME, east(400_000), 50, everyS, { extra: { firmware: 'x'.repeat(5_000) } })
      .slice(0, 6_000)
      .map((report, i) => ({
        ...report,
        digest: `${i}aaaaaaaaaaaaaaaaaaaa`,
        speedKmh: 50.123456789,
        odometerKm: 88_123.456789,
        loadKg: 18_000 + (i % 977) / 7,
        bedAngleDeg: 14 + (i % 97) / 13,
        cover: i % 40 < 37 ? ('open' as const) : ('closed' as const),
        seq: i,
      }));

  it.each([1, 10, 60])('stays a few KB over thousands of reports, one each %i s, with every rule at work', (everyS) => {
    let largest = 0;
    const { findings } = play(hours(everyS), NEW_TRUCK, (state) => {
      largest = Math.max(largest, JSON.stringify(state).length);
      return state;
    });
    expect(findings.length).toBeGreaterThan(10);
    expect(largest).toBeLessThan(8_192);
  });

  it('does not grow where the clock of a terminal stands still', () => {
    let largest = 0;
    play(
      Array.from({ length: 3_000 }, (_, i) =>
        at('08:00:00', {
          point: east(60),
          digest: `d${String(i).padStart(5, '0')}`,
          speedKmh: 5,
          headingDeg: 90,
          loadKg: 18_000,
          bedAngleDeg: 45,
          cover: i % 2 ? 'open' : 'closed',
        }),
      ),
      NEW_TRUCK,
      (state) => {
        largest = Math.max(largest, JSON.stringify(state).length);
        return state;
      },
    );
    expect(largest).toBeLessThan(8_192);
  });
});

const CAMERAS: Camera[] = [
  { id: 'gate', placeId: 'site-1', point: east(-210) },
  { id: 'yard', placeId: 'yard-1', point: east(210) },
  { id: 'far', placeId: 'elsewhere', point: east(-7_000) },
];
const seenBy = fc.record({
  after: fc.nat(),
  offMs: fc.integer({ min: -20_000, max: 40_000 }),
  camera: fc.constantFrom(...CAMERAS.map(({ id }) => id)),
  kind: fc.constantFrom('pass' as const, 'pass' as const, 'spill' as const, 'dumping' as const),
  confidence: fc.constantFrom(null, 0.7, 0.9),
  direction: fc.constantFrom('in' as const, 'out' as const, 'out' as const),
  plateConfidence: fc.constantFrom(0.86, 0.95, 0.95),
  covered: fc.constantFrom(null, true, false, false),
  wheelsClean: fc.constantFrom(null, true, false),
});
/** A short journey with more jumps and what cameras saw of it, in event order. */
const watched = fc.tuple(journeyOf(12, 3), fc.array(seenBy, { maxLength: 4 })).map(([reports, seen]): Logged[] => {
  // A minute more, in which what cameras saw last is settled.
  const last = reports.at(-1)!;
  const more = Array.from({ length: 6 }, (_, i) => ({ ...last, at: last.at + (i + 1) * 12_000, digest: `more-${i}` }));
  const clean = [...reports, ...more].sort(compareReports);
  const sightings = seen.map(({ after, offMs, ...said }, i): Sighted => {
    const { at: time } = clean[after % reports.length]!;
    return sighted(time + offMs, { ...said, id: `s${i}`, coveredConfidence: 0.95, wheelsCleanConfidence: 0.9 });
  });
  const logged = clean.map((report): Logged => ({ kind: 'report', report, doubt: null }));
  return [...logged, ...sightings.map((sighting): Logged => ({ kind: 'sighting', ...sightingOf(sighting, judging.worlds.at(sighting.at), CAMERAS) }))].sort(
    compareLogged,
  );
});
const timeOf = (logged: Logged) => (logged.kind === 'report' ? logged.report.at : logged.sighting.at);

/** Heard one after the other, judged again after each batch. */
function heard(batches: Logged[][]): string[] {
  const server = new TestServer(judging);
  for (const batch of batches) {
    for (const logged of batch) server.hear(logged);
    server.settle();
  }
  return server.told();
}
const shuffled = (logs: Logged[], order: number[]) =>
  logs
    .map((logged, i) => ({ logged, by: order[i % order.length]! + i / 1_000 }))
    .sort((a, b) => a.by - b.by)
    .map(({ logged }) => logged);
const order = fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 });

describe('the order in which things come', () => {
  const inOrder = (log: Logged[]) => toldInOrder(log, judging);

  it('does not matter: shuffled', () => {
    fc.assert(
      fc.property(watched, order, (log, by) => {
        expect(heard([shuffled(log, by)])).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });

  it('does not matter: in order, each heard as it happens', () => {
    const rules = new Map<string, number>();
    fc.assert(
      fc.property(watched, (log) => {
        const alerts = heard([log]);
        expect(alerts).toEqual(inOrder(log));
        for (const alert of alerts) rules.set(alert.slice(2, alert.indexOf(':')), (rules.get(alert.slice(2, alert.indexOf(':'))) ?? 0) + 1);
      }),
      RUNS,
    );
    expect([...OFTEN, 'uncovered-departure', 'unwashed-departure', 'cloned-plate', 'sensor-contradiction'].filter((code) => !rules.has(code))).toEqual([]);
  });

  it('does not matter: twice', () => {
    fc.assert(
      fc.property(watched, order, (log, by) => {
        expect(heard([[...log, ...log], shuffled(log, by)])).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });

  it('does not matter: in batches', () => {
    fc.assert(
      fc.property(watched, order, fc.integer({ min: 2, max: 6 }), (log, by, count) => {
        const batches = Array.from({ length: count }, (_, n) => shuffled(log, by).filter((_, i) => i % count === n));
        expect(heard(batches)).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });

  it('does not matter: the middle third late', () => {
    fc.assert(
      fc.property(watched, (log) => {
        const third = Math.floor(log.length / 3);
        const middle = log.slice(third, 2 * third);
        expect(heard([[...log.slice(0, third), ...log.slice(2 * third)], middle])).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });

  it('does not matter: each delayed by up to a minute', () => {
    fc.assert(
      fc.property(watched, order, (log, by) => {
        const arrival = new Map(log.map((logged, i) => [logged, timeOf(logged) + by[i % by.length]! * 0.06]));
        expect(heard([[...log].sort((a, b) => arrival.get(a)! - arrival.get(b)!)])).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });

  it('does not matter: a few change places', () => {
    fc.assert(
      fc.property(watched, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 }), (log, swaps) => {
        const come = [...log];
        for (const [which, by] of swaps) {
          const [moved] = come.splice(which % come.length, 1);
          come.splice(Math.min(come.length, (which % log.length) + by), 0, moved!);
        }
        expect(heard([come])).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });

  it('does not matter: what cameras saw comes a minute late', () => {
    fc.assert(
      fc.property(watched, fc.integer({ min: 0, max: 150_000 }), (log, lateMs) => {
        const arrival = (logged: Logged) => timeOf(logged) + (logged.kind === 'sighting' ? lateMs : 0);
        expect(heard([[...log].sort((a, b) => arrival(a) - arrival(b) || compareLogged(a, b))])).toEqual(inOrder(log));
      }),
      RUNS,
    );
  });
});
