import type { SightingMoment } from '../../moment.js';
import type { Recent } from '../../state.js';
import { SECOND_MS } from '../../time.js';
import { percent, sure } from '../seen.js';
import type { Contradiction } from './contradiction.js';

const CONFIDENCE = 0.9;
const BOUNCE_MS = 15 * SECOND_MS;
const CLOCKS_MS = 30 * SECOND_MS;

/**
 * A camera sees an open load while the terminal says that the cover is closed: at the nearest reports on both sides that say anything of it, within 60 s, and all
 * through the 30 s before and after, since clocks differ by so much: at every report of that minute, and at the last before it that says anything.
 */
export function coverContradicted(moment: SightingMoment): Contradiction | null {
  const { sighting, truck, after, near, at, point, place } = moment;
  if (truck === null || after === null || sighting.covered !== false || !sure(sighting.coveredConfidence, CONFIDENCE)) return null;
  const said = near.filter(({ cover }) => cover === 'open' || cover === 'closed').filter(isNoBounce);
  const sides = [said.findLast((recent) => recent.at <= at), said.find((recent) => recent.at > at && recent.at - at <= 60 * SECOND_MS)];
  const from = said.findLastIndex((recent) => recent.at <= at - CLOCKS_MS);
  const through = said.slice(Math.max(0, from));
  if (![...sides, ...through].every((recent) => recent?.cover === 'closed')) return null;
  const evidence = { confidencePercent: percent(sighting.coveredConfidence), beforeS: seconds(at - sides[0]!.at), afterS: seconds(sides[1]!.at - at) };
  return { kind: 'camera', began: at, point, placeId: place?.id ?? null, evidence };
}

/** One that says «open» between two that say «closed», within 15 s of both. */
function isNoBounce({ at, cover }: Recent, i: number, said: Recent[]): boolean {
  const [before, after] = [said[i - 1], said[i + 1]];
  const alone = before?.cover === 'closed' && after?.cover === 'closed' && at - before.at <= BOUNCE_MS && after.at - at <= BOUNCE_MS;
  return cover === 'closed' || !alone;
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
