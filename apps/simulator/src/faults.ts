import type { TruckState } from './phase.js';
import type { EpochMs } from './truth.js';

/** A time in which sensors say something else than what is. */
export interface Fault {
  from: EpochMs;
  to: EpochMs;
  says: Partial<Pick<TruckState, 'loadKg' | 'bedDeg' | 'coverOpen' | 'ignition'>>;
}

/** How the truck is, as its sensors have it. */
export function sensed(state: TruckState, faults: readonly Fault[], at: EpochMs): TruckState {
  const now = faults.filter(({ from, to }) => from <= at && at <= to);
  return now.length === 0 ? state : now.reduce((told, { says }) => ({ ...told, ...says }), state);
}
