import { type EpisodeState, type Facts, isQuiet, noEpisode, NONE, stepEpisode } from '../episode.js';
import { loadInDoubt, type Moment } from '../moment.js';
import { nextOpeningOf, outsideHoursMs, permitsOfHaul } from '../permit.js';
import type { Rule } from '../rule.js';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../time.js';
import { metres } from './say.js';

const limits = { graceMin: 15, holdS: 60, minSpeedKmh: 10 };

interface Overtime extends Facts {
  /** Minutes to the nearest window, at the worst moment. */
  outsideMin: number;
  /** When the next window opens: the episode ends then. */
  opensAt: EpochMs;
}

/**
 * Driving a haul's load before or after every window of its permit. One alert until the next window opens, whatever else the truck hauls until then: further
 * hauls are the same overtime. A load that moves before it has left its site is no haul yet.
 */
export const outOfHours: Rule<EpisodeState<Overtime>, typeof limits> = {
  code: 'out-of-hours',
  name: { zh: '违规时段', en: 'Hauling out of hours' },
  description: {
    zh: '重车在核准时段之外行驶。',
    en: 'A loaded truck drives outside of the hours that its permit allows.',
  },
  severity: 'minor',
  limits,
  start: noEpisode(),
  step(before, moment, rule) {
    const over = before.open === null ? null : opened(before, moment);
    const state = over?.state ?? before;
    const outsideMs = outside(moment, rule);
    const claim = claimOf(moment, outsideMs, rule);
    if (isQuiet(state, claim)) return over ?? { state, findings: NONE };
    const step = stepEpisode(state, moment, {
      ...EPISODE,
      claim,
      holdMs: rule.holdS * SECOND_MS,
      gather: (facts, now) => gather(facts, now, outsideMs!),
    });
    return over === null ? step : { state: step.state, findings: [...over.findings, ...step.findings] };
  },
  say: ({ distanceM, outsideMin }) => ({
    zh: `在核准时段外 ${outsideMin} min 重车行驶 ${metres(distanceM)}`,
    en: `hauled its load ${metres(distanceM)}, ${outsideMin} min outside the permitted hours`,
  }),
};

const EPISODE = {
  over: false,
  overMs: Infinity,
  worst: (facts: Overtime) => facts.outsideMin,
  severity: () => 'minor' as const,
  evidence: ({ outsideMin }: Overtime) => ({ outsideMin }),
  gather: (facts: Overtime | null) => facts!,
};

/** A window has opened since the last report: the episode ended then, though nobody was heard of at that time. */
function opened(state: EpisodeState<Overtime>, moment: Moment): ReturnType<typeof stepEpisode<Overtime>> | null {
  const { opensAt } = state.facts!;
  return moment.at < opensAt ? null : stepEpisode(state, { ...moment, at: opensAt }, { ...EPISODE, claim: false, holdMs: Infinity, overNow: true });
}

/** Milliseconds outside of every window, where that is more than the grace; null: a permit allows it, or there is none to break. */
function outside(moment: Moment, rule: typeof limits): number | null {
  if (moment.load === 'empty' || moment.haul === null || moment.haul.endedAt !== null) return null;
  const permits = permitsOfHaul(moment);
  const ms = outsideHoursMs(permits, moment.at, moment.world.utcOffset);
  return ms > rule.graceMin * MINUTE_MS ? ms : null;
}

/** Nothing is said where the load is not known, or the speed, at this report. */
function claimOf(moment: Moment, outsideMs: number | null, rule: typeof limits): boolean | null {
  const { load, report } = moment;
  if (outsideMs === null) return false;
  if (report.speedKmh !== null && report.speedKmh < rule.minSpeedKmh) return false;
  return load === 'unknown' || loadInDoubt(moment) || report.speedKmh === null ? null : true;
}

function gather(facts: Overtime | null, moment: Moment, outsideMs: number): Overtime {
  return {
    distanceM: facts ? facts.distanceM + moment.drivenM : 0,
    lastAt: moment.at,
    outsideMin: Math.max(facts?.outsideMin ?? 0, Math.floor(outsideMs / MINUTE_MS)),
    opensAt: facts?.opensAt ?? nextOpeningOf(permitsOfHaul(moment), moment.at, moment.world.utcOffset)!,
  };
}
