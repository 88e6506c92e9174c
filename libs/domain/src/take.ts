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
 */
export type Taken =
  | { kind: 'duplicate' }
  | { kind: 'late' }
  | { kind: 'doubted'; doubt: Doubt; state: TruckState }
  | { kind: 'believed'; state: TruckState; steps: Advance[]; rehabilitated: Report[] };

/** Offers one report to a truck: late, doubted, or believed and judged. */
export function take(before: TruckState, report: Report, judging: Judging): Taken {
  if (known(before, report)) return { kind: 'duplicate' };
  if (late(before, report)) return { kind: 'late' };

  const doubt = doubtAbout(report, before.last);
  if (doubt === null) return believed(before, report, [], judging);
  if (doubt !== 'jump') return { kind: 'doubted', doubt, state: before };

  // One that is older than the newest doubted comes out of order, or again: it is kept and settles nothing.
  const newest = before.doubted.at(-1);
  if (newest && compareReports(report, newest) < 0) return { kind: 'doubted', doubt, state: before };

  const agreed = before.doubted.every((doubted) => !jumps(doubted, report)) ? before.doubted : [];
  if (agreed.length + 1 >= BELIEVED_AGAIN_AFTER) return believed(before, report, agreed, judging);
  return { kind: 'doubted', doubt, state: { ...before, doubted: [...agreed, remembered(report)] } };
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

function believed(before: TruckState, report: Report, rehabilitated: Report[], { truck, worlds, rules }: Judging): Taken {
  const step = (state: TruckState, next: Report) => advance(state, next, truck, worlds.at(next.at), rules);
  const steps: Advance[] = [];
  for (const next of rehabilitated) steps.push(step(steps.at(-1)?.state ?? before, next));
  const last = step(steps.at(-1)?.state ?? before, report);
  return { kind: 'believed', state: last.state, steps: [...steps, last], rehabilitated };
}
