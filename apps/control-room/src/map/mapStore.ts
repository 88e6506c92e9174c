import type { BaseMap, PlaceFeature, PlaceKind } from '@muckwatch/contract';
import { create } from 'zustand';
import { featuresOf, get, getAll } from '../app/api.js';
import { remembered, remember } from '../app/remember.js';
import { type BasePart, partsOf } from './baseParts.js';
import { type MapPlace, mapPlacesOf } from './places.js';
import type { Tiles } from './tiles.js';

type Reading = 'reading' | 'read' | 'failed';

interface Shown {
  hidden: PlaceKind[];
  names: boolean;
  plates: boolean;
  tiles: boolean;
  routes: boolean;
  trails: boolean;
}

interface MapState extends Shown {
  places: MapPlace[];
  base: BasePart[];
  placesRead: Reading;
  baseRead: Reading;
  /** The raster base map that the server was set to; null: none, and nothing is asked of any other host. */
  raster: Tiles | null;
  demo: boolean;
  cityName: string | null;
}

export const useMap = create<MapState>(() => ({
  places: [],
  base: [],
  placesRead: 'reading',
  baseRead: 'reading',
  raster: null,
  demo: false,
  cityName: null,
  hidden: [],
  names: true,
  plates: true,
  tiles: true,
  routes: true,
  trails: false,
  ...shownBefore(),
}));

export async function readPlaces(): Promise<void> {
  try {
    const features = await getAll('/places', featuresOf<PlaceFeature>);
    useMap.setState({ places: mapPlacesOf(features), placesRead: 'read' });
  } catch {
    useMap.setState({ placesRead: 'failed' });
  }
}

export async function readBase(): Promise<void> {
  try {
    useMap.setState({ base: partsOf(await get<BaseMap>('/base-map')), baseRead: 'read' });
  } catch {
    useMap.setState({ baseRead: 'failed' });
  }
}

interface Settings {
  tiles?: Tiles | null;
  demo?: boolean;
  cityName?: string | null;
}

/** Settings are extras: a raster base map, whether the city is made up, and its name for the head line. */
export async function readSettings(): Promise<void> {
  const said = await get<Settings | null>('/settings').catch(() => null);
  const tiles = said?.tiles ?? null;
  const { raster } = useMap.getState();
  // What is as it was stays the same thing: tiles that lie there are not laid anew.
  useMap.setState({ raster: JSON.stringify(tiles) === JSON.stringify(raster) ? raster : tiles, demo: said?.demo ?? false, cityName: said?.cityName ?? null });
}

export function show(change: Partial<Shown>): void {
  useMap.setState(change);
  const { hidden, names, plates, tiles, routes, trails } = useMap.getState();
  remember('layers', JSON.stringify({ hidden, names, plates, tiles, routes, trails }));
}

function shownBefore(): Partial<Shown> {
  try {
    return JSON.parse(remembered('layers') ?? '{}') as Partial<Shown>;
  } catch {
    return {};
  }
}
