import type { DistrictFeature } from '@muckwatch/contract';

export type DistrictFile =
  | { what: 'districts'; features: DistrictFeature[] }
  | { what: 'nothing'; why: 'nothing' }
  | { what: 'nothing'; why: 'bad-json'; said: string }
  | { what: 'nothing'; why: 'unnamed'; row: number };

/** Polygons with a name, of a collection or one feature; lines and points beside them are left out. */
export function readDistrictFile(text: string): DistrictFile {
  let said: unknown;
  try {
    said = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { what: 'nothing', why: 'bad-json', said: (error as Error).message };
  }
  const { type, features } = (said ?? {}) as { type?: unknown; features?: unknown };
  const all = type === 'FeatureCollection' && Array.isArray(features) ? (features as unknown[]) : type === 'Feature' ? [said] : [];
  const found: DistrictFeature[] = [];
  for (const one of all) {
    const { geometry, properties, id } = one as { geometry?: { type?: string }; properties?: Record<string, unknown>; id?: unknown };
    if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') continue;
    const name = properties?.name ?? properties?.NAME;
    if (typeof name !== 'string' || name.trim() === '') return { what: 'nothing', why: 'unnamed', row: all.indexOf(one) + 1 };
    // Official files know a district by its code of six digits.
    const named = [properties?.id, properties?.adcode, id].find((code) => (typeof code === 'string' && code !== '') || typeof code === 'number');
    found.push({
      type: 'Feature',
      geometry: geometry as DistrictFeature['geometry'],
      properties: { ...(named === undefined ? {} : { id: `${named as string | number}` }), name: name.trim() },
    });
  }
  return found.length > 0 ? { what: 'districts', features: found } : { what: 'nothing', why: 'nothing' };
}
