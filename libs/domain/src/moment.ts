import type { LoadAnswer } from './load.js';
import type { Haul } from './haul.js';
import type { Place } from './place.js';
import type { Point, Report } from './report.js';
import type { EpochMs } from './time.js';
import type { Truck } from './truck.js';
import type { World } from './world.js';

/** One believed report with everything a rule may ask about it. */
export interface Moment {
  at: EpochMs;
  point: Point;
  report: Report;
  truck: Truck;
  world: World;
  /** The believed report before this one; null at the first. */
  previous: Report | null;
  /** A hold does not survive more than this: 120 s, or three times the terminal's usual interval where that is longer. */
  pauseMs: number;
  /** Metres driven since the report before; 0 below 3 km/h, where a standing truck's fixes wander. */
  drivenM: number;
  /** False when the fix is too poor (over 50 m) to say inside or outside of anything. */
  placeKnown: boolean;
  /** Existing places that contain the point. */
  inside: readonly Place[];
  /** Inside a site or yard, each widened by 30 m; null when the place is not known. */
  atWorkPlace: boolean | null;
  load: LoadAnswer;
  /** Loaded or empty, whichever was known last before this report. */
  loadBefore: 'loaded' | 'empty' | null;
  /** Median of the last three kilogram readings. */
  loadKg: number | null;
  /** Raised by so many degrees above the bed's rest; null: not known. */
  bedRaised: (deg: number) => boolean | null;
  /** Degrees above the bed's rest; null where no angle is said. */
  bedDeg: number | null;
  coverOpen: boolean | null;
  /** The haul under way, as it stands after this report. */
  haul: Haul | null;
}

/** Existing places of one kind around the moment. */
export function insideOf(moment: Moment, kind: Place['kind']): readonly Place[] {
  return moment.inside.length === 0 ? moment.inside : moment.inside.filter((place) => place.kind === kind);
}
