import { advance, type Advance } from './advance.js';
import { BELIEVED_AGAIN_AFTER, type Doubt, doubtAbout, jumps } from './doubt.js';
import { compareReports, type Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import { remembered, seenOf, type TruckState } from './state.js';
import type { Truck } from './truck.js';
import type { WorldHistory } from './world.js';

export interface Judging {
  truck: Truck;
  worlds: WorldHistory;
  rules: readonly AnyRule[];
}

/**
 * What became of one report:
 * - `duplicate`: known already, nothing to keep;
 * - `late`: older than the newest believed report: kept, moves nothing, is judged again later;
 * - `doubted`: kept with its doubt, moves nothing;
 * - `believed`: one step, or three where a jump was believed at last (the first two are then named in `rehabilitated`).
 *
 * `outOfOrder`: a later report is doubted already, and in order the two might have been judged otherwise: the truck is to be judged again from before this one.
 */
export type Taken =
  | { kind: 'duplicate' }
  | { kind: 'late' }
  | { kind: 'doubted'; doubt: Doubt; state: TruckState; outOfOrder: boolean }
  | { kind: 'believed'; state: TruckState; steps: Advance[]; rehabilitated: Report[]; outOfOrder: boolean };

/** Offers one report to a truck: late, doubted, or believed and judged. */
export function take(before: TruckState, report: Report, judging: Judging): Taken {
  if (known(before, report)) return { kind: 'duplicate' };
  if (late(before, report)) return { kind: 'late' };

  const doubt = doubtAbout(report, before.last);
  const newest = before.doubted.at(-1);
  const outOfOrder = newest !== undefined && compareReports(report, newest) < 0;
  if (doubt === null) return believed(before, report, [], outOfOrder, judging);
  if (doubt !== 'jump') return { kind: 'doubted', doubt, state: before, outOfOrder: false };

  // One that is older than the newest doubted is kept and settles nothing here.
  if (outOfOrder) return { kind: 'doubted', doubt, state: before, outOfOrder };

  const agreed = before.doubted.every((doubted) => !jumps(doubted, report)) ? before.doubted : [];
  if (agreed.length + 1 >= BELIEVED_AGAIN_AFTER) return believed(before, report, agreed, false, judging);
  return { kind: 'doubted', doubt, state: { ...before, doubted: [...agreed, remembered(report)] }, outOfOrder: false };
}

function known(state: TruckState, report: Report): boolean {
  const seen = seenOf(state, report.source);
  if (seen?.at === report.at && seen.digests.includes(report.digest)) return true;
  return state.doubted.some((doubted) => doubted.source === report.source && doubted.at === report.at && doubted.digest === report.digest);
}

/** Before the newest believed report in the order in which reports are judged, whatever its source. */
function late(state: TruckState, report: Report): boolean {
  return state.last !== null && compareReports(report, state.last) < 0;
}

function believed(before: TruckState, report: Report, rehabilitated: Report[], outOfOrder: boolean, { truck, worlds, rules }: Judging): Taken {
  const steps: Advance[] = [];
  let state = before;
  for (const next of rehabilitated.length === 0 ? [report] : [...rehabilitated, report]) {
    const step = advance(state, next, truck, worlds.at(next.at), rules);
    steps.push(step);
    state = step.state;
  }
  return { kind: 'believed', state, steps, rehabilitated, outOfOrder };
}
