// Silence and outages are about hearing, so they have days of their own with a simulated clock: a fleet that reports, falls silent one by one and many at once,
// and the fleet rule at its ticks. The labels are what was made to happen.
import { FLEET_LIMITS, NEW_FLEET, stepFleet } from '../../dist/libs/domain/src/index.js';
import { score } from './score.mjs';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const TRUCKS = 300;
const DAYS = 2;
const TICK = 30_000;
const SILENCES_A_DAY = 110;
const OUTAGES_A_DAY = 12;

/** Two lines of scores: silent-terminal and platform-outage. */
export function judgeFleet(seed) {
  const random = seeded(seed);
  const between = (low, high) => low + (high - low) * random();
  const start = Date.UTC(2026, 10, 23);
  const quiet = new Map(Array.from({ length: TRUCKS }, (_, i) => [`t${i}`, []]));
  const truths = [];
  for (let day = 0; day < DAYS; day++) {
    const working = start + day * DAY + 6 * 60 * MINUTE;
    for (let n = 0; n < OUTAGES_A_DAY; n++) {
      const from = working + (40 + n * 68) * MINUTE + between(0, 5) * MINUTE;
      const to = from + between(14, 24) * MINUTE;
      const share = between(0.4, 0.9);
      for (const spans of quiet.values()) if (random() < share) spans.push([from + between(0, 80_000), to + between(0, 60_000)]);
      truths.push(truth('platform-outage', null, from, to));
    }
    for (let n = 0; n < SILENCES_A_DAY; n++) {
      const truck = `t${Math.floor(random() * TRUCKS)}`;
      // Between two outages: a terminal that falls silent with many others is theirs.
      const from = working + (40 + Math.floor(random() * (OUTAGES_A_DAY - 1)) * 68 + between(32, 44)) * MINUTE;
      const to = from + between(14, 20) * MINUTE;
      if (quiet.get(truck).some(([a, b]) => from < b + 5 * MINUTE && to > a - 3 * MINUTE)) continue;
      quiet.get(truck).push([from, to]);
      truths.push(truth('silent-terminal', truck, from, to));
    }
  }
  const alerts = new Map();
  let state = NEW_FLEET;
  for (let at = start + 5 * 60 * MINUTE; at < start + DAYS * DAY; at += TICK) {
    const step = stepFleet(state, { at, liveSince: start, trucks: fleetAt(at, quiet, start), limits: FLEET_LIMITS });
    // As it is over a restart.
    state = JSON.parse(JSON.stringify(step.state));
    for (const { rule, subject, began, ended, at: foundAt, evidence } of step.findings) {
      const key = `${rule} ${subject} ${began}`;
      const first = alerts.get(key);
      alerts.set(key, {
        rule,
        truckId: subject === '-' ? null : subject,
        plate: null,
        scope: '-',
        began,
        ended,
        lastAt: at,
        evidence,
        foundAt: first?.foundAt ?? foundAt,
      });
    }
  }
  return score(['silent-terminal', 'platform-outage'], truths, [...alerts.values()], ({ foundAt }) => foundAt);
}

function truth(rule, truckId, from, to) {
  return { rule, truckId, plate: null, scope: null, from, to, note: 'nothing was heard', spoiled: null, unfinished: false };
}

/** Every truck as its last report left it: at work from six to twenty, its ignition off at night. */
function* fleetAt(at, quiet, start) {
  let i = 0;
  for (const [truckId, spans] of quiet) {
    i++;
    let lastAt = at - ((at + i * 1_357) % 10_000);
    const span = spans.find(([from, to]) => lastAt >= from && lastAt < to);
    if (span) lastAt = span[0] - ((span[0] + i * 1_357) % 10_000);
    const hour = ((at - start) % DAY) / (60 * MINUTE);
    const ignition = hour >= 6 && hour < 20;
    yield {
      truckId,
      plate: truckId,
      companyId: 'c',
      lastAt,
      heardAt: lastAt + 800,
      ignition,
      loaded: i % 2 === 0,
      atWorkPlace: i % 5 === 0,
      point: [113.38, 31.69],
      haulId: null,
    };
  }
}

function seeded(seed) {
  let turn = seed;
  return () => {
    turn = (turn + 0x6d2b79f5) | 0;
    let t = Math.imul(turn ^ (turn >>> 15), 1 | turn);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
