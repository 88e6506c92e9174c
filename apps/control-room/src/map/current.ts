import { chooseTruck } from '../app/focus.js';
import { go } from '../app/router.js';
import type { CityMap } from './cityMap.js';

let map: CityMap | null = null;
/** A truck that somebody on another page asked to see: looked at as soon as there is a map. */
let wanted: string | null = null;

/** The map that is on the page now, for those who point at it (the series' cursor, the find box); null while there is none. */
export const currentMap = (): CityMap | null => map;

export function setCurrentMap(next: CityMap | null): void {
  map = next;
}

/** From any page: chooses a truck and shows it on the city's map. */
export function seeTruck(id: string): void {
  chooseTruck(id);
  if (map) return map.lookAtTruck(id);
  wanted = id;
  go('#/');
}

/** Somebody comes to the map to see something on it. */
export const isSeeing = (): boolean => wanted !== null;

/** Called by the map once it stands. */
export function seeWanted(): void {
  const id = wanted;
  wanted = null;
  if (id !== null) map?.lookAtTruck(id);
}
