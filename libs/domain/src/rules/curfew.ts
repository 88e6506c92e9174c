import { NONE } from '../episode.js';
import { inHours } from '../hours.js';
import type { Moment } from '../moment.js';
import { outsideHoursMs } from '../permit.js';
import type { Point } from '../report.js';
import type { Found, Rule } from '../rule.js';
import type { EpochMs } from '../time.js';
import type { Transition, Visit } from '../visit.js';
import { metres } from './say.js';

const limits = {};
/** A parked truck whose fixes wander over the border drives nowhere. */
const DRIVEN_M = 50;
const TELL_EVERY_M = 1_000;

interface Left {
  lotId: string;
  at: EpochMs;
  point: Point;
  drivenM: number;
}

interface State {
  /** Left the lot, and not yet seen to drive. */
  leaving: Left | null;
  open: (Left & { toldM: number }) | null;
}

/**
 * Leaving a parking lot inside its curfew while nobody in the company may haul: no active permit of it, whichever trucks it names, nor of the truck, has an open
 * window. Told once the truck has driven 50 m: fixes that wander out of the lot accuse nobody.
 */
export const curfew: Rule<State, typeof limits> = {
  code: 'curfew',
  name: { zh: '停车场夜间擅离', en: 'Left the lot without a task' },
  description: {
    zh: '在停车场管制时段内驶离，而企业此时没有可作业的核准。',
    en: 'A truck leaves a parking lot inside its curfew while no permit of its company allows hauling.',
  },
  severity: 'minor',
  limits,
  start: { leaving: null, open: null },
  step(before, moment) {
    const exit = exitInCurfew(moment);
    if (before.leaving === null && before.open === null && exit === null) return { state: before, findings: NONE };

    const back = lotOf(moment);
    if (before.open !== null) return back === null ? pursue(before.open, moment) : returned(before.open, back);
    if (back !== null) return { state: { leaving: null, open: null }, findings: NONE };
    const left = exit ? { lotId: exit.placeId, at: exit.at, point: moment.point, drivenM: moment.drivenM } : driven(before.leaving!, moment);
    if (left.drivenM < DRIVEN_M) return { state: { leaving: left, open: null }, findings: NONE };
    return { state: { leaving: null, open: { ...left, toldM: left.drivenM } }, findings: [found(left, moment.at, null, true)] };
  },
  say: ({ distanceM }) => ({
    zh: `在管制时段无作业任务驶离停车场，行驶 ${metres(distanceM)}`,
    en: `left the parking lot during its curfew without a task and drove ${metres(distanceM)}`,
  }),
};

function exitInCurfew(moment: Moment): Transition | null {
  return moment.transitions.length === 0 ? null : (moment.transitions.find((transition) => transition.kind === 'exit' && broken(transition, moment)) ?? null);
}

function broken({ placeId, at }: Transition, { world, truck }: Moment): boolean {
  const lot = world.place(placeId);
  if (lot?.kind !== 'parking-lot' || lot.curfew === null || !inHours(lot.curfew, at, world.utcOffset)) return false;
  const permits = [...world.permitsOf(truck, at), ...world.permitsOfCompany(truck.companyId, at)];
  return permits.length === 0 || outsideHoursMs(permits, at, world.utcOffset) > 0;
}

/** The lot that the truck is believed to be in. */
function lotOf({ visits, world }: Moment): Visit | null {
  return visits.find(({ placeId }) => world.place(placeId)?.kind === 'parking-lot') ?? null;
}

function driven<L extends Left>(left: L, moment: Moment): L {
  return moment.drivenM === 0 ? left : { ...left, drivenM: left.drivenM + moment.drivenM };
}

function pursue(open: NonNullable<State['open']>, moment: Moment): { state: State; findings: Found[] } {
  const grown = driven(open, moment);
  const tell = grown.drivenM - grown.toldM >= TELL_EVERY_M;
  const state: State = { leaving: null, open: tell ? { ...grown, toldM: grown.drivenM } : grown };
  return { state, findings: tell ? [found(grown, moment.at, null, false)] : NONE };
}

function returned(open: Left, { enteredAt }: Visit): { state: State; findings: Found[] } {
  const ended = Math.max(open.at, enteredAt);
  return { state: { leaving: null, open: null }, findings: [found(open, ended, ended, false)] };
}

function found({ lotId, at, point, drivenM }: Left, now: EpochMs, ended: EpochMs | null, opened: boolean): Found {
  const evidence = { durationS: Math.round((now - at) / 1_000), distanceM: Math.round(drivenM) };
  return { scope: '-', began: at, point, ended, opened, severity: 'minor', placeId: lotId, evidence };
}
