import type { Limits } from '../limits.js';
import type { Rule } from '../rule.js';
import { curfew } from './curfew.js';
import { illegalDumping } from './illegal-dumping.js';
import { noGo } from './no-go.js';
import { noPermit } from './no-permit.js';
import { offRoute } from './off-route.js';
import { outOfHours } from './out-of-hours.js';
import { platformOutage } from './platform-outage.js';
import { silentTerminal } from './silent-terminal.js';
import { speeding } from './speeding.js';
import { spill } from './spill.js';
import { uncoveredLoad } from './uncovered-load.js';
import { unpermittedLoading } from './unpermitted-loading.js';
import { wrongYard } from './wrong-yard.js';

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
];

/** The rules in force, in the order in which they are asked. */
export const RULES = inForce as unknown as readonly AnyRule[];
