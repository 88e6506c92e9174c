import type { Watch } from '@muckwatch/contract';
import { isWholeCity, type Scope } from '../auth/viewer.js';

/** Side of a map tile in degrees: about 5 km, so that a city's screen is some dozens of rooms. */
const TILE_DEG = 0.05;
/** A box of more tiles than this is the whole city. */
const MOST_TILES = 400;

export const CITY_ROOM = 'city';

/** Viewers of the same part of the city share a room; its payload is made once. */
export function scopeRoom(scope: Scope): string {
  return `scope:${JSON.stringify([scope.districtIds, scope.companyIds, scope.placeIds].map((ids) => ids?.toSorted() ?? null))}`;
}

export function truckRoom(id: string): string {
  return `truck:${id}`;
}

export function tileRoom(lon: number, lat: number): string {
  return `tile:${Math.floor(lon / TILE_DEG)}:${Math.floor(lat / TILE_DEG)}`;
}

/** One truck for the viewers of one scope: heard only while it may be seen by them. */
export function scopeTruckRoom(scope: Scope, id: string): string {
  return `${scopeRoom(scope)}:${truckRoom(id)}`;
}

/** The room of a narrowed viewer or of the city; a tile or a city-wide truck's room would leak past a scope as the truck drives on. */
export function positionRooms(scope: Scope, watch: Watch): string[] {
  if (!isWholeCity(scope)) return [watch.truckId === undefined ? scopeRoom(scope) : scopeTruckRoom(scope, watch.truckId)];
  if (watch.truckId !== undefined) return [truckRoom(watch.truckId)];
  return watch.bbox ? tilesOf(watch.bbox) : [CITY_ROOM];
}

function tilesOf([west, south, east, north]: NonNullable<Watch['bbox']>): string[] {
  const [x0, y0, x1, y1] = [west, south, east, north].map((degrees) => Math.floor(degrees / TILE_DEG)) as [number, number, number, number];
  if ((x1 - x0 + 1) * (y1 - y0 + 1) > MOST_TILES) return [CITY_ROOM];
  const rooms: string[] = [];
  for (let x = x0; x <= x1; x++) for (let y = y0; y <= y1; y++) rooms.push(`tile:${x}:${y}`);
  return rooms;
}
