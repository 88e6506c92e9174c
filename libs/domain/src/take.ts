import { advance, type Advance } from './advance.js';
import { BELIEVED_AGAIN_AFTER, type Doubt, doubtAbout, jumps } from './doubt.js';
import { compareReports, type Report } from './report.js';
import type { AnyRule } from './rules/index.js';
import type { TruckState } from './state.js';
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
  if (doubt === null) return believed(before, [report], judging);
  if (doubt !== 'jump') return { kind: 'doubted', doubt, state: before };

  const agreeing = before.doubted.length > 0 && !jumps(before.doubted.at(-1)!, report) ? [...before.doubted, report] : [report];
  if (agreeing.length < BELIEVED_AGAIN_AFTER) return { kind: 'doubted', doubt, state: { ...before, doubted: agreeing } };
  return believed(before, agreeing.sort(compareReports), judging, report);
}

function known(state: TruckState, report: Report): boolean {
  const seen = state.seen[report.source];
  if (seen?.at === report.at && seen.digests.includes(report.digest)) return true;
  return state.doubted.some((doubted) => doubted.source === report.source && doubted.at === report.at && doubted.digest === report.digest);
}

function late(state: TruckState, report: Report): boolean {
  if (state.last === null) return false;
  if (report.at !== state.last.at) return report.at < state.last.at;
  return report.source === state.last.source && compareReports(report, state.last) < 0;
}

function believed(before: TruckState, reports: Report[], { truck, worlds, rules }: Judging, newest = reports[0]!): Taken {
  let state = before;
  const steps = reports.map((report) => {
    const step = advance(state, report, truck, worlds.at(report.at), rules);
    state = step.state;
    return step;
  });
  return { kind: 'believed', state, steps, rehabilitated: reports.filter((report) => report !== newest) };
}
