import { type Role, ROLES } from '@muckwatch/contract';

/** Everybody who is signed in. */
export const ANYONE: readonly Role[] = ROLES;
/** Those who look at the city rather than at their own: quarantine, rule lab and the machine itself are theirs. */
export const CITY: readonly Role[] = ['admin', 'supervisor', 'operator', 'viewer'];
/** Those who decide alerts and snooze trucks. */
export const DECIDERS: readonly Role[] = ['admin', 'supervisor', 'operator'];
/** Those who set what is allowed: permits, routes, places and rules. */
export const PLANNERS: readonly Role[] = ['admin', 'supervisor'];
/** Those who may have the weekly report, each of what they see. */
export const REPORT_READERS: readonly Role[] = ['admin', 'supervisor', 'operator', 'dispatcher', 'viewer'];
/** Those who keep drivers: a company its own. */
export const DRIVER_KEEPERS: readonly Role[] = ['admin', 'dispatcher'];
