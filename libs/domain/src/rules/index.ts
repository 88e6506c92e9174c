import type { Limits } from '../limits.js';
import type { Rule } from '../rule.js';
import { clonedPlate } from './cloned-plate.js';
import { illegalDumping } from './illegal-dumping.js';
import { longStop } from './long-stop.js';
import { noGo } from './no-go.js';
import { overload } from './overload.js';
import { sensorContradiction } from './sensor-contradiction.js';
import { speeding } from './speeding.js';
import { spill } from './spill.js';
import { trackGap } from './track-gap.js';
import { uncoveredDeparture } from './uncovered-departure.js';
import { uncoveredLoad } from './uncovered-load.js';
import { unregisteredTruck } from './unregistered-truck.js';
import { unwashedDeparture } from './unwashed-departure.js';

/** A rule whose own state and limits are its own business. */
export type AnyRule = Rule<unknown, Limits>;

const inForce = [
  uncoveredLoad,
  spill,
  illegalDumping,
  speeding,
  noGo,
  unwashedDeparture,
  uncoveredDeparture,
  unregisteredTruck,
  overload,
  longStop,
  trackGap,
  sensorContradiction,
  clonedPlate,
];

/** The rules in force, in the order in which they are asked. */
export const RULES = inForce as unknown as readonly AnyRule[];
