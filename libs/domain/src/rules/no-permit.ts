import { NONE } from '../episode.js';
import type { Haul } from '../haul.js';
import type { Moment } from '../moment.js';
import type { Point } from '../report.js';
import type { Found, Rule } from '../rule.js';
import type { EpochMs } from '../time.js';
import type { Visit } from '../visit.js';
import { metres, tonnes, wholeKg } from './say.js';

const limits = {};

interface State {
  /** The sites that the truck is in, and whether it carried a load when it was first seen in each: what it came with it did not load there. */
  visits: { siteId: string; cameLoaded: boolean }[];
  /** Departure of the haul that was judged last: a haul's id may be another after judging again. */
  judged: EpochMs | null;
  open: { departedAt: EpochMs; siteId: string; point: Point; permits: number } | null;
}

/**
 * Leaving a site loaded without a permit for it. A truck loaded when it came is not accused, be it that it unloaded there and loaded again; nor one whose load is
 * told from its visits alone.
 */
export const noPermit: Rule<State, typeof limits> = {
  code: 'no-permit',
  name: { zh: '无证运输', en: 'Hauling without a permit' },
  description: {
    zh: '在工地装载后驶离，而该车没有该工地的有效核准。',
    en: 'A truck leaves a site loaded, having loaded there, without an active permit that names the site.',
  },
  severity: 'serious',
  limits,
  start: { visits: [], judged: null, open: null },
  step(before, moment) {
    const over = before.open !== null && ended(before.open, moment) ? { ...before, open: null } : before;
    const findings = over === before ? NONE : [found(before.open!, moment, false)];
    const departed = departure(over, moment);
    const visits = over.visits.length === 0 && moment.visits.length === 0 ? over.visits : visitsNow(over.visits, moment);
    if (departed === null) return { state: visits === over.visits ? over : { ...over, visits }, findings };

    const open = unpermitted(over, moment, departed);
    const state = { visits, judged: departed.departedAt, open: open ?? over.open };
    return { state, findings: open === null ? findings : [...findings, found(open, moment, true)] };
  },
  say: ({ distanceM, loadKg }) => {
    const load = loadKg === null ? { zh: '', en: 'a load' } : { zh: ` ${tonnes(loadKg)}`, en: tonnes(loadKg) };
    return {
      zh: `无有效核准驶离工地，运输${load.zh} ${metres(distanceM)}`,
      en: `hauled ${load.en} for ${metres(distanceM)} from a site without a permit for it`,
    };
  },
};

/** The haul that has just turned out to have left a site. */
function departure({ judged }: State, { haul }: Moment): Haul | null {
  return haul === null || haul.siteId === null || haul.inferred || haul.endedAt !== null || haul.departedAt === judged ? null : haul;
}

function unpermitted(state: State, { world, truck, point }: Moment, { siteId, departedAt }: Haul): State['open'] {
  if (state.visits.some((visit) => visit.siteId === siteId && visit.cameLoaded)) return null;
  const permits = world.permitsOf(truck, departedAt);
  if (permits.some((permit) => permit.siteId === siteId)) return null;
  return { departedAt, siteId: siteId!, point, permits: permits.length };
}

/** Sites as they are entered, appear around the truck or are left; one that was left stays until the haul from there has been judged. */
function visitsNow(before: State['visits'], moment: Moment): State['visits'] {
  const inside = (id: string) => moment.visits.some(({ placeId }) => placeId === id);
  const settled = moment.haul !== null || moment.load === 'empty' || moment.visits.some(({ placeId }) => isSite(placeId, moment));
  const kept = before.every(({ siteId }) => inside(siteId)) || !settled ? before : before.filter(({ siteId }) => inside(siteId));
  const fresh = moment.visits.filter(({ placeId }) => isSite(placeId, moment) && !before.some(({ siteId }) => siteId === placeId));
  return fresh.length === 0 ? kept : [...kept, ...fresh.map((visit) => ({ siteId: visit.placeId, cameLoaded: cameLoaded(visit, moment) }))];
}

function isSite(placeId: string, { world }: Moment): boolean {
  return world.place(placeId)?.kind === 'site';
}

/** A haul under way is a load, whatever the sensor says at this very report. First seen there, a truck counts as loaded there. */
function cameLoaded({ first }: Visit, { haul, load }: Moment): boolean {
  return !first && (load === 'loaded' || haul !== null);
}

function ended(open: NonNullable<State['open']>, { haul }: Moment): boolean {
  return haul === null || haul.endedAt !== null || haul.departedAt !== open.departedAt;
}

function found({ departedAt, siteId, point, permits }: NonNullable<State['open']>, { at, haul }: Moment, opened: boolean): Found {
  const its = haul?.departedAt === departedAt ? haul : null;
  const end = opened ? null : (its?.endedAt ?? at);
  return {
    scope: '-',
    began: departedAt,
    point,
    ended: end,
    opened,
    severity: 'serious',
    placeId: siteId,
    evidence: {
      durationS: Math.round(((end ?? at) - departedAt) / 1_000),
      distanceM: Math.round(its?.distanceM ?? 0),
      loadKg: wholeKg(its?.peakLoadKg ?? null),
      activePermits: permits,
    },
  };
}
