/** The simulator without its wire: a made city, its fleet, and a day of it as packets and truth. Pure and seeded. */
export { baseMap } from './base-map.js';
export { makeCity } from './city.js';
export type { City } from './city.js';
export { makeFleet } from './fleet.js';
export type { Fleet, Truck } from './fleet.js';
export type { Coverage } from './radio.js';
export type { WireReport } from './report.js';
export { simulate } from './simulate.js';
export type { Day, Sent, SimulateOptions } from './simulate.js';
export { truthLine } from './truth.js';
export type { Deed, Rule, Truth } from './truth.js';
