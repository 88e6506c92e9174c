import { camerasOf } from './cameras.js';
import type { Sight } from './cameras.js';
import type { City } from './city.js';
import type { Fleet } from './fleet.js';
import { HOUR_MS, MINUTE_MS } from './hours.js';
import type { Mischief } from './mischief.js';
import type { Random } from './random.js';
import type { EpochMs, Rule, Truth } from './truth.js';

/** What happens in the city that no truck of the fleet does: a stranger at a gate, at a dump, or half the terminals silent. */
export interface Happening {
  truth: Truth;
  sights: Sight[];
}

/** How many there are for each haul on which a rule is broken, where nobody asked for a number. */
const SHARES: [Rule, number][] = [
  ['unregistered-truck', 0.02],
  ['illegal-dumping', 0.01],
];
/** Of the dumpings asked for, those that strangers do before a camera. */
const STRANGERS_DUMP = 0.1;
const HAULS_AN_HOUR = 0.5;
const MARGIN_MS = 12 * MINUTE_MS;

/** What happens between two times, in order; asked for once a window of at most a day. */
export function happenings(city: City, fleet: Fleet, mischief: Mischief, from: EpochMs, to: EpochMs, random: Random): Happening[] {
  const hours = (to - from) / HOUR_MS;
  const out = SHARES.flatMap(([rule, share]) => {
    const asked = mischief.ofStrangers(rule, from, share, HAULS_AN_HOUR * fleet.trucks.length, hours, random);
    const count = rule === 'illegal-dumping' ? Math.floor(asked * (mischief.counted ? STRANGERS_DUMP : 1)) : asked;
    return spread(count, from, to, random).flatMap((at) => happening(rule, city, fleet, at, random));
  });
  return out.filter(({ truth }) => mischief.take([truth])).sort((a, b) => a.truth.from - b.truth.from);
}

function happening(rule: Rule, city: City, fleet: Fleet, at: EpochMs, random: Random): Happening[] {
  return rule === 'unregistered-truck' ? [strangerAtTheGate(city, fleet, at, random)] : strangerDumps(city, at, random);
}

/** A truck that nobody registered fetches a load or brings one. */
function strangerAtTheGate(city: City, fleet: Fleet, at: EpochMs, random: Random): Happening {
  const camera = random.pick(camerasOf(city).filter(({ id }) => !id.startsWith('cam-wild')));
  const plate = strangePlate(fleet, random);
  const look = { camera: camera.id, kind: 'pass', covered: true, clean: true, certain: true, plate } as const;
  const out = at + random.whole(6, 10) * MINUTE_MS;
  const truth = { ...nobody('unregistered-truck', at - 5000, out + 5000, 'a truck that nobody registered'), plate, placeId: camera.placeId };
  return {
    truth: { ...truth, scope: camera.id },
    sights: [
      { ...look, at, direction: 'in' },
      { ...look, at: out, direction: 'out' },
    ],
  };
}

/** Somebody tips in front of a camera, his plate hidden. */
function strangerDumps(city: City, at: EpochMs, random: Random): Happening[] {
  const watched = city.wastelands.flatMap(({ camera }) => camera ?? []);
  if (watched.length === 0) return [];
  const camera = random.pick(watched);
  const truth = { ...nobody('illegal-dumping', at - 20_000, at + 30_000, 'a stranger dumped before a camera'), scope: camera };
  return [{ truth, sights: [{ at, camera, kind: 'dumping', direction: null, covered: null, clean: null, certain: true, plate: null }] }];
}

/** Times at which many terminals fall silent together. */
export function outages(mischief: Mischief, from: EpochMs, to: EpochMs, random: Random): Truth[] {
  const count = mischief.counted ? mischief.ofStrangers('platform-outage', from, 0, 0, 0, random) : 0;
  const truths = spread(count, from + MARGIN_MS, to - 3 * MARGIN_MS, random).map((at) =>
    nobody('platform-outage', at, at + random.whole(15, 20) * MINUTE_MS, 'most terminals fell silent at once'),
  );
  return truths.filter((truth) => mischief.take([truth]));
}

/** Evenly over the time, but not by the clock. */
function spread(count: number, from: EpochMs, to: EpochMs, random: Random): EpochMs[] {
  const step = (to - from - 2 * MARGIN_MS) / Math.max(1, count);
  return Array.from({ length: count }, (_, i) => Math.round((from + MARGIN_MS + step * (i + random.between(0.1, 0.8))) / 1000) * 1000);
}

function nobody(rule: Rule, from: EpochMs, to: EpochMs, note: string): Truth {
  return { rule, from, to, placeId: null, scope: null, note, truckId: null, terminalId: null, plate: null, heard: 0, unfinished: false, spoiled: null };
}

/** Of another province, and unlike every plate of the fleet by more than a character that looks alike. */
function strangePlate(fleet: Fleet, random: Random): string {
  const known = new Set(fleet.trucks.map(({ plate }) => plate.slice(2)));
  for (;;) {
    const tail = Array.from({ length: 5 }, (_, i) => random.pick(i === 1 ? [...'ABCEFGHJK'] : [...'3467'])).join('');
    const unlike = [...known].every((other) => [...other].filter((c, i) => c !== tail[i]).length >= 2);
    if (unlike) return `${random.pick([...'豫湘皖赣'])}${random.pick([...'ACEFGH'])}${tail}`;
  }
}
