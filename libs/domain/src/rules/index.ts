import type { Limits } from '../limits.js';
import type { Rule } from '../rule.js';
import { curfew } from './curfew.js';
import { clonedPlate } from './cloned-plate.js';
import { illegalDumping } from './illegal-dumping.js';
import { longStop } from './long-stop.js';
import { noGo } from './no-go.js';
import { noPermit } from './no-permit.js';
import { offRoute } from './off-route.js';
import { outOfHours } from './out-of-hours.js';
import { platformOutage } from './platform-outage.js';
import { silentTerminal } from './silent-terminal.js';
import { overload } from './overload.js';
import { sensorContradiction } from './sensor-contradiction.js';
import { speeding } from './speeding.js';
import { spill } from './spill.js';
import { trackGap } from './track-gap.js';
import { uncoveredDeparture } from './uncovered-departure.js';
import { uncoveredLoad } from './uncovered-load.js';
import { unpermittedLoading } from './unpermitted-loading.js';
import { wrongYard } from './wrong-yard.js';
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
  offRoute,
  outOfHours,
  noPermit,
  wrongYard,
  unpermittedLoading,
  curfew,
  silentTerminal,
  platformOutage,
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
