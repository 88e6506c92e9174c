import type { Fault } from '../refusal.js';
import type { Entity } from './entity.js';

const DEEPEST = 16;
/** What we say of a feature ourselves. */
const OURS = ['retired', 'districtId'];
type Raw = Record<string, unknown>;

/** A GeoJSON feature as it is kept: as it came, times in UTC, what is null left out. */
export interface StoredFeature<Geometry, Properties> {
  type: 'Feature';
  geometry: Geometry;
  properties: Properties;
}

/** A feature as it came, over what is known of it: properties that it leaves out stay, `null` clears one. */
export function overKnown(raw: Raw, known: Entity | undefined): { type: unknown; geometry: unknown; properties: Raw } {
  const before = known?.feature as StoredFeature<unknown, Raw> | undefined;
  const said = (raw.properties ?? {}) as Raw;
  const properties: Raw = { ...before?.properties, ...said, id: said.id ?? raw.id ?? null };
  for (const ours of OURS) delete properties[ours];
  return { type: raw.type ?? 'Feature', geometry: raw.geometry ?? before?.geometry, properties };
}

/** What of a feature is kept. Through JSON, so that what is compared and kept in memory is what the database gives back. */
export function kept(geometry: unknown, said: Raw): unknown {
  const properties = Object.fromEntries(Object.entries(said).filter(([name, value]) => value !== null && value !== undefined && name !== 'id'));
  return JSON.parse(JSON.stringify({ type: 'Feature', geometry, properties })) as unknown;
}

/** As HTTP gives it: the id both at the feature and among its properties. */
export function featureOf<Feature>({ id, feature, retired, districtId }: Entity): Feature {
  const { type, geometry, properties } = feature as StoredFeature<unknown, Raw>;
  return { type, id, geometry, properties: { ...properties, id, ...(districtId ? { districtId } : {}), ...(retired ? { retired } : {}) } } as Feature;
}

/** What JSON can say and PostgreSQL cannot keep, or nobody should: U+0000, half a surrogate pair, depth without end. */
export function unstorable(value: unknown, path: string, depth = 0): Fault[] {
  if (typeof value === 'string') return storable(value) ? [] : [{ path, message: { en: 'contains U+0000 or half a character', zh: '含有 U+0000 或半个字符' } }];
  if (typeof value !== 'object' || value === null) return [];
  if (depth >= DEEPEST) return [{ path, message: { en: `is nested deeper than ${DEEPEST}`, zh: `嵌套超过 ${DEEPEST} 层` } }];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(storable(name) ? [] : [{ path, message: { en: 'has a name that contains U+0000 or half a character', zh: '有一个字段名含有 U+0000 或半个字符' } }]),
    ...unstorable(inner, `${path}.${name}`, depth + 1),
  ]);
}

function storable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}
