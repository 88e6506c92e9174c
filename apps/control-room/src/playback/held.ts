import type { Severity, Stays } from '@muckwatch/contract';
import { SEVERITY_RANK } from '../theme/tokens.js';
import { COVER, type Span, type Tape } from './tape.js';

/** What held on a stretch of the way, from the least to the worst: the worst colours it. */
export const HELD = ['unknown', 'empty', 'loaded', 'uncovered', 'minor', 'serious', 'critical'] as const;
export type Held = (typeof HELD)[number];

export interface Episode extends Span {
  severity: Severity;
}

/** Of each fix what held then, as an index into HELD. */
export function heldOf(tape: Tape, loads: Stays['loads'], alerts: readonly Episode[]): Uint8Array {
  const held = new Uint8Array(tape.at.length);
  for (const { from, to, load } of loads) mark(tape, { from: Date.parse(from), to: Date.parse(to) }, (i) => (held[i] = HELD.indexOf(load)));
  const [open, loaded] = [COVER.indexOf('open'), HELD.indexOf('loaded')];
  for (let i = 0; i < held.length; i++) if (held[i] === loaded && tape.cover[i] === open) held[i] = HELD.indexOf('uncovered');
  const worstLast = [...alerts].sort((a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity]);
  for (const alert of worstLast) mark(tape, alert, (i) => (held[i] = HELD.indexOf(alert.severity)));
  return held;
}

function mark({ at }: Tape, { from, to }: Span, act: (i: number) => void): void {
  for (let i = firstFrom(at, from); i < at.length && at[i]! <= to; i++) act(i);
}

function firstFrom(at: Float64Array, time: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
