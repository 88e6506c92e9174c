import { type EpisodeState, type Facts, noEpisode, NONE, stepEpisode } from '../episode.js';
import { bearingDeg, contains, cutM, distanceM, headingGapDeg, insideLengthM } from '../geo.js';
import { insideOf, type Moment } from '../moment.js';
import { own } from '../own.js';
import type { Place } from '../place.js';
import type { Point, Report } from '../report.js';
import type { Found, Rule } from '../rule.js';
import { type EpochMs, SECOND_MS } from '../time.js';
import { placeKnown } from '../visit.js';
import { kmh, metres } from './say.js';

const limits = { holdS: 10, crossMaxGapS: 60, crossMinM: 50 };
const END_HOLD_MS = 10 * SECOND_MS;
const HEADING_TOLERANCE_DEG = 30;
/** A line that only clips a corner or a curve crosses no place from side to side: it leaves less than this, and less than a quarter of the width, on one side. */
const CLIP_M = 15;
const CLIP_SHARE = 0.25;
/** A stretch of less than 10 s has few reports, unless the terminal's clock stands still. */
const STRETCH_FIXES = 30;
const NOWHERE: Place[] = [];

interface Inside extends Facts {
  maxSpeedKmh: number;
}

/** One report of a stretch that enters and leaves a place, as much as the crossing needs. */
interface Fix {
  at: EpochMs;
  point: Point;
  headingDeg: number | null;
}

interface PlaceState {
  episode: EpisodeState<Inside>;
  /** From the last report outside on, while the truck is inside; null when the stretch is too broken to tell. */
  stretch: Fix[] | null;
}

/** Inside a forbidden zone, or straight through it between two reports. */
export const noGo: Rule<Record<string, PlaceState>, typeof limits> = {
  code: 'no-go',
  name: { zh: '闯禁', en: 'In a forbidden zone' },
  description: {
    zh: '在禁行时段进入或穿越禁行区。',
    en: 'Inside a forbidden zone during its hours, or straight through it between two reports.',
  },
  severity: 'serious',
  limits,
  start: {},
  step(before, moment, rule) {
    const inside = moment.placeKnown ? insideOf(moment, 'no-go') : NOWHERE;
    const known = Object.keys(before);
    const passed = through(before, moment, rule);
    if (inside.length === 0 && known.length === 0) return { state: before, findings: passed };

    const findings = [...passed];
    const states: [placeId: string, PlaceState][] = [];
    for (const placeId of new Set([...known, ...inside.map((place) => place.id)])) {
      const step = stepPlace(own(before, placeId) ?? entering(placeId, moment), placeId, inside, moment, rule);
      findings.push(...step.findings);
      if (step.state !== null) states.push([placeId, step.state]);
    }
    return { state: Object.fromEntries(states), findings };
  },
  say: ({ kind, distanceM: driven, maxSpeedKmh }) => {
    const speed = maxSpeedKmh === null ? { zh: '', en: '' } : { zh: `，最高 ${kmh(maxSpeedKmh)}`, en: `, up to ${kmh(maxSpeedKmh)}` };
    return kind === 'through'
      ? { zh: `穿越禁行区 ${metres(driven)}${speed.zh}`, en: `drove ${metres(driven)} through a forbidden zone${speed.en}` }
      : { zh: `在禁行区内行驶 ${metres(driven)}${speed.zh}`, en: `drove ${metres(driven)} inside a forbidden zone${speed.en}` };
  },
};

function stepPlace(
  before: PlaceState,
  placeId: string,
  inside: readonly Place[],
  moment: Moment,
  rule: typeof limits,
): { state: PlaceState | null; findings: Found[] } {
  const here = inside.some((place) => place.id === placeId);
  const { state: episode, findings } = stepEpisode(before.episode, moment, {
    claim: moment.placeKnown ? here : null,
    holdMs: rule.holdS * SECOND_MS,
    over: moment.placeKnown ? !here : null,
    overMs: END_HOLD_MS,
    scope: placeId,
    placeId: () => placeId,
    gather,
    worst: (facts) => facts.maxSpeedKmh,
    severity: () => 'serious',
    evidence: ({ maxSpeedKmh }) => ({ kind: 'inside', maxSpeedKmh }),
  });
  const stretch = extend(before.stretch, moment, rule);
  const told = before.episode.open !== null || episode.open !== null;
  if (here || !moment.placeKnown) return { state: { episode, stretch: told ? null : stretch }, findings };

  const place = moment.world.place(placeId);
  const passed = !told && stretch !== null && place !== undefined ? passage(place, stretch, moment, rule) : [];
  if (passed.length > 0) return { state: null, findings: [...findings, ...passed] };
  return { state: episode.open === null && episode.hold === null ? null : { episode, stretch: null }, findings };
}

/** Inside for the first time. The truck entered only if its report before lay outside: a place may also have come up around it. */
function entering(placeId: string, moment: Moment): PlaceState {
  const { previous } = moment;
  const outside = previous !== null && placeKnown(previous) && !contains(moment.world.place(placeId)!.geometry, previous.point);
  return { episode: noEpisode(), stretch: outside ? [fixOf(previous)] : null };
}

function extend(stretch: Fix[] | null, moment: Moment, rule: typeof limits): Fix[] | null {
  if (stretch === null || !moment.placeKnown || moment.at - stretch.at(-1)!.at > rule.crossMaxGapS * SECOND_MS) return null;
  return stretch.length < STRETCH_FIXES ? [...stretch, fixOf(moment.report)] : null;
}

/** (a) Side to side between two reports, both outside: found by the straight line alone. */
function through(before: Record<string, PlaceState>, moment: Moment, rule: typeof limits): Found[] {
  const { previous, world, report } = moment;
  if (previous === null || previous.headingDeg === null || report.headingDeg === null) return NONE;
  if (!moment.placeKnown || !placeKnown(previous) || moment.at - previous.at > rule.crossMaxGapS * SECOND_MS) return NONE;
  const near = world.noGoAlong(previous.point, report.point);
  if (near.length === 0) return NONE;
  return near
    .filter((place) => world.exists(place, previous.at) && world.exists(place, moment.at))
    .filter((place) => !contains(place.geometry, previous.point) && !contains(place.geometry, report.point))
    .filter((place) => (own(before, place.id)?.episode.open ?? null) === null && sideToSide(place, previous.point, report.point))
    .flatMap((place) => passage(place, [fixOf(previous), fixOf(report)], moment, { ...rule, crossMinM: 0 }));
}

function sideToSide(place: Place, from: Point, to: Point): boolean {
  const { depthM, widthM } = cutM(place.geometry, from, to);
  return depthM > 0 && depthM >= Math.min(CLIP_M, CLIP_SHARE * widthM);
}

/** The finding of a stretch that enters and leaves, unless a heading is unsaid or disagrees with the lines: a truck around the block or one stray fix is not accused. */
function passage(place: Place, stretch: Fix[], moment: Moment, rule: typeof limits): Found[] {
  // Two reports of one spot make no line: they have no direction.
  const lines = stretch
    .slice(1)
    .map((to, i) => [stretch[i]!, to] as const)
    .filter(([from, to]) => distanceM(from.point, to.point) >= 1);
  const straight = lines.every(([from, to]) => {
    const bearing = bearingDeg(from.point, to.point);
    return [from, to].every((fix) => fix.headingDeg !== null && headingGapDeg(fix.headingDeg, bearing) <= HEADING_TOLERANCE_DEG);
  });
  if (lines.length === 0 || !straight || !moment.world.exists(place, stretch[0]!.at) || !moment.world.exists(place, moment.at)) return [];
  const insideM = lines.reduce((sum, [from, to]) => sum + insideLengthM(place.geometry, from.point, to.point), 0);
  if (insideM < rule.crossMinM) return [];
  const { at: began, point } = stretch.length > 2 ? stretch[1]! : stretch[0]!;
  const ended = stretch.length > 2 ? stretch.at(-2)!.at : moment.at;
  const evidence = { kind: 'through', durationS: Math.round((ended - began) / 1_000), distanceM: Math.round(insideM), maxSpeedKmh: moment.report.speedKmh };
  return [{ scope: place.id, began, point, ended, opened: true, severity: 'serious', placeId: place.id, evidence }];
}

function gather(facts: Inside | null, moment: Moment): Inside {
  return {
    distanceM: facts ? facts.distanceM + moment.drivenM : 0,
    lastAt: moment.at,
    maxSpeedKmh: Math.max(facts?.maxSpeedKmh ?? 0, moment.report.speedKmh ?? 0),
  };
}

function fixOf(report: Report): Fix {
  return { at: report.at, point: report.point, headingDeg: report.headingDeg };
}
