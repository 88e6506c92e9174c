import type { Feature, FeatureCollection } from 'geojson';
import { closedRing } from './base-map.js';
import { camerasOf } from './cameras.js';
import type { City } from './city.js';
import type { Fleet } from './fleet.js';
import { VALID_FROM } from './permits.js';
import type { ApprovedRoute, Permit } from './permits.js';
import { toLonLat } from './plane.js';
import type { Place } from './places.js';
import type { Secrets } from './secrets.js';

/** What the server's imports take, as wire.md has it. */
export interface Registry {
  companies: { id: string; name: string; phone: string }[];
  trucks: { id: string; plate: string; companyId: string; ratedLoadKg: number; boxM3: number; colour: string }[];
  terminals: { id: string; truckId: string; secret?: string }[];
  cameras: { id: string; placeId: string; name: string; kind: 'gate'; lon: number; lat: number; secret?: string }[];
  /** The city has always been there: a day in the past is judged against its places, routes and permits too. */
  places: FeatureCollection;
  routes: FeatureCollection;
  permits: Permit[];
}

export function makeRegistry(city: City, fleet: Fleet, secrets: Secrets): Registry {
  return {
    companies: fleet.companies.map(({ id, name, phone }) => ({ id, name, phone })),
    trucks: fleet.trucks.map(({ id, plate, companyId, ratedLoadKg, boxM3, colour }) => ({ id, plate, companyId, ratedLoadKg, boxM3, colour })),
    terminals: fleet.trucks.map(({ id, terminal }) => ({ id: terminal.id, truckId: id, secret: secrets[terminal.id] })),
    cameras: camerasOf(city).map(({ id, placeId, name, point }) => {
      const [lon, lat] = toLonLat(point);
      return { id, placeId, name, kind: 'gate', lon, lat, secret: secrets[id] };
    }),
    places: { type: 'FeatureCollection', features: city.places.map(placeFeature) },
    routes: { type: 'FeatureCollection', features: fleet.routes.map(routeFeature) },
    permits: fleet.permits,
  };
}

/** The ids of everything that signs in over MQTT. */
export function signedInIds(city: City, fleet: Fleet): string[] {
  return [...fleet.trucks.map((truck) => truck.terminal.id), ...camerasOf(city).map(({ id }) => id)];
}

function routeFeature({ id, name, widthM, line }: ApprovedRoute): Feature {
  const properties = { id, name, widthM, validFrom: VALID_FROM, validTo: null };
  return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: line.map(toLonLat) } };
}

function placeFeature(place: Place): Feature {
  const polygons = place.area.map((rings) => rings.map(closedRing));
  const { id, kind, name } = place;
  const own = {
    ...(kind === 'no-go' && { hours: place.hours }),
    ...(kind === 'speed-zone' && { limitKmh: place.limitKmh }),
    ...(kind === 'parking-lot' && { curfew: place.curfew }),
    ...(kind === 'yard' && { capacityM3: place.capacityM3 }),
  };
  return {
    type: 'Feature',
    properties: { id, kind, name, validFrom: VALID_FROM, ...own },
    geometry: polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0]! } : { type: 'MultiPolygon', coordinates: polygons },
  };
}
