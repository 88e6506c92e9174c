import { isOn, valueAt } from './curve.js';
import type { Curve } from './curve.js';
import { further, HONEST_EMPTY_KMH, HONEST_LOADED_KMH } from './leg.js';
import type { Leg } from './leg.js';
import { makePace } from './pace.js';
import type { Pace } from './pace.js';
import { flat } from './curve.js';
import type { Phase } from './phase.js';
import { BED_SWITCH_DEG } from './phase.js';
import type { EpochMs, Rule } from './truth.js';

/** What a driver makes of a sentence that his terminal speaks. */
export type Order = { do: 'close-cover' } | { do: 'lower-bed' } | { do: 'slow-down'; kmh: number | null };

/** A sentence may say it in many ways; these are the words that he listens for. Null: he nods and drives on. */
export function understood(text: string): Order | null {
  if (/顶盖|密闭|cover/i.test(text)) return { do: 'close-cover' };
  if (/车斗|举斗|\bbed\b/i.test(text)) return { do: 'lower-bed' };
  if (/超速|减速|限速|slow|speed/i.test(text)) return { do: 'slow-down', kmh: Number(/(\d+)\s*(?:公里|km)/.exec(text)?.[1] ?? NaN) || null };
  return null;
}

/** A phase changed in the middle of it. */
export interface Obeyed {
  phase: Phase;
  /** What he stops doing, and when. */
  ends: { rule: Rule; at: EpochMs } | null;
  /** A time of the phase as it was planned, as it is now. */
  retime: (at: EpochMs) => EpochMs;
}

const SAME = (at: EpochMs): EpochMs => at;
/** Closing a cover or lowering a bed. */
const LOWERING_S = 8;
const BRAKE_MS2 = 1.1;
const REACTION_S = 3;
/** So far he minds what he was told; then he drives as honest drivers do. */
const MINDED_M = 1500;

/** What he does about it from `at` on; null: there is nothing to be done. */
export function obey(phase: Phase, order: Order, at: EpochMs): Obeyed | null {
  const s = (at - phase.from) / 1000;
  if (at >= phase.to) return null;
  switch (order.do) {
    case 'close-cover': {
      if (!isOn(phase.coverOpen, s)) return null;
      const closes = Math.round(s);
      const coverOpen = { first: phase.coverOpen.first, changes: [...phase.coverOpen.changes.filter((change) => change < closes), closes] };
      return { phase: { ...phase, coverOpen }, ends: { rule: 'uncovered-load', at: phase.from + closes * 1000 }, retime: SAME };
    }
    case 'lower-bed': {
      const deg = valueAt(phase.bed, s);
      // In a yard it is up because it has to be.
      if (phase.leg === null || deg < BED_SWITCH_DEG) return null;
      const bed = { at: [...before(phase.bed, s), s, s + LOWERING_S], value: [...phase.bed.value.slice(0, before(phase.bed, s).length), deg, 0] };
      // What is on stays on.
      const load = flat(valueAt(phase.load, s));
      return { phase: { ...phase, bed, load: kept(phase.load, load, s) }, ends: { rule: 'spill', at: at + LOWERING_S * 1000 }, retime: SAME };
    }
    case 'slow-down':
      return phase.leg && slowed(phase, phase.leg, { kmh: order.kmh, fromS: s, minded: true });
  }
}

/** A leg at no more than so much, from now on, or from its start. */
export function limited(phase: Phase, kmh: number, at: EpochMs): Obeyed | null {
  return phase.leg && slowed(phase, phase.leg, { kmh, fromS: Math.max(0, (at - phase.from) / 1000), minded: false });
}

function slowed(phase: Phase, leg: Leg, { kmh, fromS, minded }: { kmh: number | null; fromS: number; minded: boolean }): Obeyed | null {
  const { path, pace, stops, accelerateMs2 } = leg;
  const honest = (leg.loaded ? HONEST_LOADED_KMH : HONEST_EMPTY_KMH) / 3.6;
  const target = Math.max(2, Math.min(honest, kmh === null ? honest : (kmh - 2) / 3.6));
  const i = indexAt(pace.arrive, fromS);
  const fast = Math.max(pace.speed[i]!, pace.speed[Math.min(i + 1, pace.speed.length - 1)]!);
  // What lies behind stays as it was: braking needs its way.
  const start = fromS === 0 ? 0 : further(path, i, Math.max(0, (fast * fast - target * target) / (2 * BRAKE_MS2)) + fast * REACTION_S + 10);
  const until = minded ? further(path, start, MINDED_M) : path.along.length;
  const caps = leg.caps.map((cap, k) => (k < start ? cap : Math.min(cap, k < until ? target : honest)));
  const next = makePace(path, caps, stops, accelerateMs2);
  if (next.seconds <= pace.seconds) return null;
  const seconds = (s: number): number => retimed(pace, next, s);
  const retime = (at: EpochMs): EpochMs => phase.from + Math.round(seconds((at - phase.from) / 1000) * 1000);
  const curve = ({ at, value }: Curve): Curve => ({ at: at.map(seconds), value });
  const span = <T extends { from: EpochMs; to: EpochMs }>(one: T): T => ({ ...one, from: retime(one.from), to: retime(one.to) });
  const driven: Phase = {
    ...phase,
    leg: { ...leg, caps, pace: next },
    to: phase.from + next.seconds * 1000,
    bed: curve(phase.bed),
    load: curve(phase.load),
    odometer: curve(phase.odometer),
    coverOpen: { ...phase.coverOpen, changes: phase.coverOpen.changes.map((change) => Math.round(seconds(change))) },
    sights: phase.sights.map((seen) => ({ ...seen, at: retime(seen.at) })),
    faults: phase.faults.map(span),
    deeds: phase.deeds.map(span),
  };
  return { phase: driven, ends: { rule: 'speeding', at: phase.from + Math.ceil(next.arrive[start]!) * 1000 }, retime };
}

/** When the truck is now where it was to be then. */
function retimed(before: Pace, after: Pace, s: number): number {
  if (s <= 0) return s;
  const i = indexAt(before.arrive, s);
  const j = Math.min(i + 1, before.arrive.length - 1);
  if (i === j) return after.leave[i]! + Math.max(0, s - before.leave[i]!);
  if (s <= before.leave[i]!) return after.arrive[i]! + Math.min(s - before.arrive[i]!, after.leave[i]! - after.arrive[i]!);
  const share = (s - before.leave[i]!) / (before.arrive[j]! - before.leave[i]! || 1);
  return after.leave[i]! + share * (after.arrive[j]! - after.leave[i]!);
}

function indexAt(times: Float64Array, s: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= s) low = middle;
    else high = middle - 1;
  }
  return low;
}

function before({ at }: Curve, s: number): number[] {
  return at.filter((key) => key < s);
}

function kept(curve: Curve, then: Curve, s: number): Curve {
  const keys = before(curve, s);
  return { at: [...keys, s], value: [...curve.value.slice(0, keys.length), then.value[0]!] };
}

/** The same phase, later. */
export function delayed(phase: Phase, ms: number): Phase {
  if (ms === 0) return phase;
  const span = <T extends { from: EpochMs; to: EpochMs }>(one: T): T => ({ ...one, from: one.from + ms, to: one.to + ms });
  const { from, to, sights, hushes, faults, deeds } = phase;
  return {
    ...phase,
    from: from + ms,
    to: to + ms,
    sights: sights.map((seen) => ({ ...seen, at: seen.at + ms })),
    hushes: hushes.map(span),
    faults: faults.map(span),
    deeds: deeds.map(span),
  };
}
