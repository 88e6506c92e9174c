import type { PlaceFeature } from '@muckwatch/contract';
import { useEffect } from 'react';
import { create } from 'zustand';
import { get } from '../app/api.js';

/** Places that an own page names or draws: each is read once, alone, since a city has thousands. */
const usePlaces = create<{ places: ReadonlyMap<string, PlaceFeature> }>(() => ({ places: new Map() }));
const asked = new Set<string>();

/** null while it is not known, or may not be seen. */
export function usePlace(id: string | null): PlaceFeature | null {
  const place = usePlaces((s) => (id === null ? undefined : s.places.get(id)));
  useEffect(() => {
    if (id !== null) askPlace(id);
  }, [id]);
  return place ?? null;
}

export const usePlaceName = (id: string | null): string | null => usePlace(id)?.properties.name ?? null;

export function usePlaceList(ids: readonly string[]): readonly PlaceFeature[] {
  const places = usePlaces((s) => s.places);
  useEffect(() => ids.forEach(askPlace), [ids]);
  return ids.map((id) => places.get(id)).filter((place) => place !== undefined);
}

function askPlace(id: string): void {
  if (asked.has(id)) return;
  asked.add(id);
  get<PlaceFeature>(`/places/${encodeURIComponent(id)}`).then(
    (place) => usePlaces.setState(({ places }) => ({ places: new Map(places).set(id, place) })),
    // Without it the page has an id in place of a name; asked again when the page is opened again.
    () => asked.delete(id),
  );
}
