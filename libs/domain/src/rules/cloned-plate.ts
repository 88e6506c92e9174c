import type { EvidenceNumbers } from '../alert.js';
import { NONE } from '../episode.js';
import { distanceM } from '../geo.js';
import type { SightingMoment } from '../moment.js';
import type { Point } from '../report.js';
import type { Rule } from '../rule.js';
import { compareSightings } from '../sighting.js';
import { type EpochMs, HOUR_MS, SECOND_MS } from '../time.js';
import { foundBySight, percent, sure } from './seen.js';

const limits = { maxKmh: 150, minKm: 5, clockS: 60, confidence: 0.9 };

/** Somewhere else where the plate was. */
interface Elsewhere {
  at: EpochMs;
  point: Point;
  /** The other camera; null: the truck's own terminal. */
  camera: string | null;
}

/** Sightings kept that were told of: as many as are remembered of a plate. */
const TOLD_KEPT = 8;

/**
 * One plate in two places too far apart for one truck. Held against what was before the sighting first, and against a report after it only where that says nothing.
 * What was told of is not held against the truck again: seen elsewhere a minute later, it is not cloned twice.
 */
export const clonedPlate: Rule<string[], typeof limits> = {
  code: 'cloned-plate',
  name: { zh: '套牌', en: 'Cloned plate' },
  description: {
    zh: '同一备案号牌先后出现在相距过远的两处，一辆车来不及到达。',
    en: 'The same registered plate is seen in two places, by two cameras or by a camera and its own terminal, too far apart for one truck.',
  },
  severity: 'critical',
  limits,
  start: [],
  see(state, moment, rule) {
    const { truck, sighting } = moment;
    if (truck === null || !sure(sighting.plateConfidence, rule.confidence)) return { state, findings: NONE };
    for (const elsewhere of whereElse(moment, state, rule)) {
      const evidence = impossible(moment, elsewhere, rule);
      if (evidence !== null) return { state: [...state, keyOf(sighting)].slice(-TOLD_KEPT), findings: [foundBySight(moment, 'critical', evidence)] };
    }
    return { state, findings: NONE };
  },
  say: ({ kind, km, apartS }) => {
    const other = kind === 'terminal' ? { zh: '本车终端', en: 'its own terminal' } : { zh: '另一摄像机', en: 'another camera' };
    return { zh: `与${other.zh}相距 ${km} km、相隔 ${apartS} s 出现同一号牌`, en: `was seen ${km} km from ${other.en} within ${apartS} s` };
  },
};

function* whereElse({ sighting, others, before, after }: SightingMoment, told: string[], rule: typeof limits): Generator<Elsewhere> {
  // Newest first; a sighting after this one is told of it, not this one of that.
  for (const other of [...others].sort(compareSightings).reverse()) {
    const counts = compareSightings(other, sighting) < 0 && other.plateConfidence >= rule.confidence && !told.includes(keyOf(other));
    if (counts) yield { at: other.at, point: other.point, camera: other.camera };
  }
  if (before !== null) yield { ...before, camera: null };
  if (after !== null) yield { ...after, camera: null };
}

function keyOf({ camera, id }: { camera: string; id: string }): string {
  return `${camera} ${id}`;
}

/** What the truck would have had to do; null: it may well have. */
function impossible({ at, point, sighting }: SightingMoment, { at: then, point: there, camera }: Elsewhere, rule: typeof limits): EvidenceNumbers | null {
  const km = distanceM(point, there) / 1_000;
  if (km < rule.minKm) return null;
  const neededKmh = km / ((Math.abs(at - then) + rule.clockS * SECOND_MS) / HOUR_MS);
  if (neededKmh <= rule.maxKmh) return null;
  return {
    kind: camera === null ? 'terminal' : 'camera',
    km: Math.round(km * 10) / 10,
    apartS: Math.round(Math.abs(at - then) / 1_000),
    neededKmh: Math.round(neededKmh),
    otherCamera: camera,
    confidencePercent: percent(sighting.plateConfidence),
  };
}
