import { cameraId } from './cameras.js';
import type { EpochMs, Truth } from './truth.js';

/** What can be known from one report, as bits. */
export const EVIDENCE = { heard: 1, place: 2, bed: 4, cover: 8, load: 16, odometer: 32 } as const;

/** What became of every report and sighting of a day, by the time at which it truly was. */
export interface Traces {
  /** In the order of sending. */
  reports: Map<string, { at: EpochMs[]; evidence: number[] }>;
  sightings: { at: EpochMs; cameraId: string; plate: string | null; kind: string; lost: boolean }[];
}

type Sensor = keyof typeof EVIDENCE;

/** So many reports, over so many seconds on end, that tell all of it: less would convince nobody who looks at them. */
interface Chain {
  of: Sensor[];
  reports: number;
  seconds: number;
}

const { heard, place, bed, cover, load, odometer } = {
  heard: 'heard',
  place: 'place',
  bed: 'bed',
  cover: 'cover',
  load: 'load',
  odometer: 'odometer',
} as const;

/** What must be left of a deed, by rule and, where they differ, by the way it was done. One of the chains is enough. */
const CHAINS: Record<string, Chain[]> = {
  'uncovered-load': [{ of: [cover, place], reports: 4, seconds: 40 }],
  'spill/raised-bed': [{ of: [bed, place], reports: 3, seconds: 20 }],
  'spill/load-loss': [{ of: [load], reports: 10, seconds: 100 }],
  'illegal-dumping/tipped': [{ of: [bed, place], reports: 2, seconds: 12 }],
  'illegal-dumping/load-vanished': [{ of: [load, place], reports: 3, seconds: 60 }],
  'wrong-yard': [
    { of: [bed, place], reports: 2, seconds: 12 },
    { of: [load, place], reports: 3, seconds: 30 },
  ],
  'unpermitted-loading': [{ of: [load, place], reports: 6, seconds: 180 }],
  'off-route': [{ of: [place], reports: 6, seconds: 70 }],
  'out-of-hours': [{ of: [load], reports: 8, seconds: 120 }],
  'no-go': [{ of: [place], reports: 3, seconds: 20 }],
  speeding: [{ of: [heard], reports: 3, seconds: 25 }],
  'no-permit': [{ of: [load], reports: 6, seconds: 60 }],
  overload: [{ of: [load], reports: 14, seconds: 180 }],
  'long-stop': [{ of: [load], reports: 6, seconds: 60 }],
  'sensor-contradiction/load': [{ of: [load], reports: 30, seconds: 300 }],
  'sensor-contradiction/bed': [{ of: [bed], reports: 3, seconds: 25 }],
  'sensor-contradiction/ignition': [{ of: [heard], reports: 6, seconds: 75 }],
  'sensor-contradiction/still': [{ of: [odometer], reports: 6, seconds: 120 }],
  curfew: [{ of: [place], reports: 3, seconds: 20 }],
};

/** Rules of which the load must be known as well: some readings of it not long before or during. */
const LOADED = [
  'uncovered-load',
  'spill/raised-bed',
  'illegal-dumping/tipped',
  'off-route',
  'long-stop',
  'wrong-yard',
  'sensor-contradiction/bed',
  'no-permit',
];
const LOAD_KNOWN_MS = 8 * 60_000;
/** What a load was before and is after tells as much as how it went. */
const BEFORE_AND_AFTER_MS: Record<string, number> = {
  'illegal-dumping/load-vanished': 60_000,
  'unpermitted-loading': 60_000,
  'sensor-contradiction/bed': 20_000,
};
/** A pause as long as this tears a chain, and two reports on end that say nothing of the matter. */
const TORN_MS = 60_000;
/**
 * What must not go unheard for longer than this, as long as another sensor's answer may have changed: from the last that it told before the deed to the first after it,
 * a minute before and after the deed at most. A bed is up and down again, and the load gone, within a minute.
 */
const VITAL: Record<string, { of: Sensor; whileOf: Sensor; forMs: number; atMostMs: number }> = {
  'sensor-contradiction/bed': { of: bed, whileOf: load, forMs: 40_000, atMostMs: 55_000 },
};
const CAMERA_ERROR_MS = 8000;
const AROUND_MS = 55_000;

/** Why nobody could know of a deed from what is left; null: it can be known. Asks no rule: only whether what tells of it was heard. */
export function spoiledBy(truth: Truth, traces: Traces): string | null {
  const own = truth.terminalId === null ? undefined : traces.reports.get(truth.terminalId);
  if (seenByCamera(truth)) {
    if (!sighted(truth, traces)) return 'its sighting was lost';
    if (truth.rule === 'sensor-contradiction' && own) return coverAround(truth, own) ? null : 'the cover was not told on both sides of the sighting';
    if (truth.rule === 'cloned-plate' && own) return anyAround(truth, own) ? null : 'the truck itself was not heard of at that time';
    return null;
  }
  const way = truth.scope && CHAINS[`${truth.rule}/${truth.scope}`] ? `${truth.rule}/${truth.scope}` : truth.rule;
  const chains = CHAINS[way];
  if (!chains || !own) return null;
  const wider = BEFORE_AND_AFTER_MS[way] ?? 0;
  const window = between(own, truth.from - wider, truth.to + wider);
  if (!chains.some((chain) => hasChain(window, chain))) return `too little is left of it: ${chains.map(({ of }) => of.join(' and ')).join(' or ')}`;
  const vital = VITAL[way];
  if (vital && isBlind(own, truth, vital)) return `nothing was told of the ${vital.of} while it mattered`;
  if (LOADED.includes(way)) {
    const known = between(own, truth.from - LOAD_KNOWN_MS, truth.to).filter(({ evidence }) => tells(evidence, [load]));
    if (known.length < 4) return 'nobody knows whether it was loaded';
  }
  return null;
}

/** A hole in what the one sensor tells reaches into the time in which the other's answer changed. */
function isBlind(own: { at: EpochMs[]; evidence: number[] }, { from, to }: Truth, { of, whileOf, forMs, atMostMs }: (typeof VITAL)[string]): boolean {
  const around = between(own, from - LOAD_KNOWN_MS, to + LOAD_KNOWN_MS);
  const timesOf = (sensor: Sensor) => around.filter(({ evidence }) => tells(evidence, [sensor])).map(({ at }) => at);
  const changing = timesOf(whileOf);
  const begins = Math.max(from - 60_000, changing.findLast((at) => at <= from) ?? 0);
  const ends = Math.min(to + 60_000, changing.find((at) => at >= from + forMs) ?? Infinity);
  const told = [-Infinity, ...timesOf(of), Infinity];
  return told.some((at, i) => i > 0 && at > begins && told[i - 1]! < ends && at - told[i - 1]! > atMostMs);
}

/** What the camera must have called it; a truck that passes it is another sighting. */
const KINDS: Record<string, string> = { spill: 'spill', 'illegal-dumping': 'dumping' };

interface Mark {
  at: EpochMs;
  evidence: number;
}

function seenByCamera({ rule, scope }: Truth): boolean {
  const always = ['unwashed-departure', 'uncovered-departure', 'unregistered-truck', 'cloned-plate'].includes(rule);
  return always || scope?.startsWith('cam') === true;
}

function sighted({ rule, scope, placeId, from, to, plate }: Truth, { sightings }: Traces): boolean {
  const camera = scope?.startsWith('cam-') ? scope : placeId && cameraId(placeId);
  return sightings.some(
    (seen) =>
      !seen.lost &&
      seen.cameraId === camera &&
      seen.at >= from - CAMERA_ERROR_MS &&
      seen.at <= to + CAMERA_ERROR_MS &&
      seen.kind === (KINDS[rule] ?? 'pass') &&
      (plate === null || seen.plate === plate),
  );
}

function coverAround({ from, to }: Truth, own: { at: EpochMs[]; evidence: number[] }): boolean {
  const middle = (from + to) / 2;
  const sides = [between(own, middle - AROUND_MS, middle - 3000), between(own, middle + 3000, middle + AROUND_MS)];
  return sides.every((side) => side.some(({ evidence }) => tells(evidence, [cover])));
}

function anyAround({ from, to }: Truth, own: { at: EpochMs[]; evidence: number[] }): boolean {
  return between(own, from - AROUND_MS, to + AROUND_MS).some(({ evidence }) => tells(evidence, [place]));
}

function between({ at, evidence }: { at: EpochMs[]; evidence: number[] }, from: EpochMs, to: EpochMs): Mark[] {
  const out: Mark[] = [];
  at.forEach((time, i) => {
    if (time >= from && time <= to) out.push({ at: time, evidence: evidence[i]! });
  });
  return out.sort((a, b) => a.at - b.at);
}

function tells(evidence: number, sensors: readonly Sensor[]): boolean {
  return (evidence & EVIDENCE.heard) !== 0 && sensors.every((sensor) => (evidence & EVIDENCE[sensor]) !== 0);
}

function hasChain(marks: readonly Mark[], { of, reports, seconds }: Chain): boolean {
  let [start, last, count, dumb] = [0, 0, 0, 0];
  for (const { at, evidence } of marks) {
    if (!(evidence & EVIDENCE.heard)) continue;
    const telling = tells(evidence, of);
    dumb = telling ? 0 : dumb + 1;
    if (dumb >= 2) count = 0;
    if (!telling) continue;
    if (count === 0 || at - last > TORN_MS) [start, count] = [at, 0];
    count++;
    last = at;
    if (count >= reports && at - start >= seconds * 1000) return true;
  }
  return false;
}
