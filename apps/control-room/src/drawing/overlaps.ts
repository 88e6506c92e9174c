import { areaM2, type PlaceFeature, type PlaceKind, sharedM2 } from '@muckwatch/contract';
import { type MapPlace, mapPlacesOf } from '../map/places.js';

/** Of these two do not lie on one spot. A zone within a zone may be meant: a slower street, a school's hours within a curfew. */
const APART: ReadonlySet<PlaceKind> = new Set(['site', 'yard', 'parking-lot', 'wash-bay']);
/** Of the smaller one: neighbours whose borders were drawn roughly share less. */
const MOST = 0.5;

export interface Overlap {
  id: string;
  name: string;
  /** Of the smaller of the two, 0.5…1. */
  share: number;
}

/** Places of the same kind, in force at a time at which this one is too, that share more than half of the smaller one's area; the most first. */
export function overlapsOf({ geometry, properties }: PlaceFeature, places: readonly MapPlace[]): Overlap[] {
  const { id, kind } = properties;
  if (!APART.has(kind)) return [];
  const [own] = mapPlacesOf([{ type: 'Feature', geometry, properties }]) as [MapPlace];
  return places
    .filter((other) => other.kind === kind && other.id !== id && meets(own, other) && together(properties, other.properties))
    .map((other) => ({ id: other.id, name: other.name, share: sharedM2(geometry, other.geometry) / Math.min(areaM2(geometry), areaM2(other.geometry)) }))
    .filter(({ share }) => share > MOST)
    .sort((a, b) => b.share - a.share);
}

const meets = (a: MapPlace, b: MapPlace) => a.west < b.east && b.west < a.east && a.north < b.south && b.north < a.south;

type Properties = PlaceFeature['properties'];

/** One that ends before the other begins is its successor. */
function together(a: Properties, b: Properties): boolean {
  const ends = ({ validTo }: Properties) => (validTo ? Date.parse(validTo) : Infinity);
  const begins = ({ validFrom }: Properties) => (validFrom ? Date.parse(validFrom) : -Infinity);
  return begins(a) < ends(b) && begins(b) < ends(a);
}
