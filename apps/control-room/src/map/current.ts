import type { CityMap } from './cityMap.js';

let map: CityMap | null = null;

/** The map that is on the page now, for those who point at it (the series' cursor, the find box); null while there is none. */
export const currentMap = (): CityMap | null => map;

export function setCurrentMap(next: CityMap | null): void {
  map = next;
}
