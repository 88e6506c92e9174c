import type { LoadAnswer, Reading } from './load.js';
import type { Haul } from './haul.js';
import type { Place } from './place.js';
import type { Point, Report } from './report.js';
import type { Camera, Sighted } from './sighting.js';
import type { Recent, SeenBy } from './state.js';
import type { EpochMs } from './time.js';
import type { Truck } from './truck.js';
import type { Transition, Visit } from './visit.js';
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
  /** The answer that stood at the report before, a fault of that one report aside. */
  loadStood: LoadAnswer;
  /** Loaded or empty, whichever was known last before this report. */
  loadBefore: 'loaded' | 'empty' | null;
  /** What the newest reading says by itself, of this report or one before; null: none counts any more. */
  loadSaid: Reading | null;
  /** Median of the last three kilogram readings. */
  loadKg: number | null;
  /** Raised by so many degrees above the bed's rest; null: not known. */
  bedRaised: (deg: number) => boolean | null;
  /** Degrees above the bed's rest; null where no angle is said. */
  bedDeg: number | null;
  coverOpen: boolean | null;
  /** The haul under way, as it stands after this report. */
  haul: Haul | null;
  /** Where the truck is believed to be, after the transitions. */
  visits: readonly Visit[];
  /** Enters and exits that are believed since this report. */
  transitions: readonly Transition[];
}

/** What a camera saw, with what is known of the truck around that time. */
export interface SightingMoment {
  at: EpochMs;
  /** Where the camera hangs. */
  point: Point;
  sighting: Sighted;
  camera: Camera;
  /** The camera's place; null where it does not exist at that time. */
  place: Place | null;
  /** The registered truck that the sighting names. */
  truck: Truck | null;
  /** The plate where it was read with confidence: a truck's as registered, a stranger's as read. */
  plate: string | null;
  world: World;
  /** It is a registered plate, or one confusable character away from one (`PlateBook`). */
  isNearRegistered: (plate: string) => boolean;
  /** The last of the truck's remembered moments at or before the sighting; null: none is known. */
  before: Recent | null;
  /** The first remembered moment after it; null until a report at least 30 s after it is known (clocks differ by so much): then the rule is asked again. */
  after: Recent | null;
  /** The remembered moments from 60 s before the sighting on, up to the first that is 30 s after it. */
  near: readonly Recent[];
  /** False when the rule is asked again. What it finds without `after` it must find alike with it: a sighting that comes late is asked about once. */
  first: boolean;
  /** Other sightings of the same plate, at most an hour from this one, oldest first. */
  others: readonly SeenBy[];
}

/** Time has gone by. */
export interface TickMoment {
  /** The server's present time. */
  at: EpochMs;
  truck: Truck;
  world: World;
}

const NO_PLACES: readonly Place[] = [];

/** Existing places of one kind around the moment. */
export function insideOf(moment: Moment, kind: Place['kind']): readonly Place[] {
  return moment.inside.some((place) => place.kind === kind) ? moment.inside.filter((place) => place.kind === kind) : NO_PLACES;
}

/** «Loaded» still stands and the newest reading says otherwise: after a silence of the scales the readings before it may be minutes old, and the load gone. */
export function loadInDoubt({ load, loadSaid }: Moment): boolean {
  return load === 'loaded' && (loadSaid === 'empty' || loadSaid === 'between');
}
