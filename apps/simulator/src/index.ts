/** The simulator without its wire: a made city, its fleet, and a day of it as packets and truth. Pure and seeded. */
export { baseMap } from './base-map.js';
export type { SentSighting, WireSighting } from './cameras.js';
export { makeCity } from './city.js';
export type { City } from './city.js';
export { disorder, FIELD } from './disorder.js';
export type { DisorderedDay } from './disorder.js';
export { makeFleet } from './fleet.js';
export type { Company, Fleet, Truck } from './fleet.js';
export type { Violations } from './mischief.js';
export type { ApprovedRoute, Permit } from './permits.js';
export type { Coverage } from './radio.js';
export { makeRegistry } from './registry.js';
export type { Registry } from './registry.js';
export type { WireReport } from './report.js';
export { simulate } from './simulate.js';
export type { Day, Sent, SimulateOptions } from './simulate.js';
export { RULE_CODES, truthLine } from './truth.js';
export type { Deed, Rule, Truth } from './truth.js';
