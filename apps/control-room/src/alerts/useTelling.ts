import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { useMap } from '../map/mapStore.js';
import type { Telling } from './factRows.js';

/** How facts are said here and now: the viewer's language, the city's clock, the names of the city's places. */
export function useTelling(now: number): Telling {
  const words = useWords();
  const zone = useZone();
  const places = useMap((s) => s.places);
  return {
    words,
    clock: (at) => timeWords(at, now, zone, words),
    nameOf: (id) => places.find((place) => place.id === id)?.name ?? null,
  };
}
