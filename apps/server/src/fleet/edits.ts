import type { Edit, FieldChange } from '@muckwatch/contract';
import { isDeepStrictEqual } from 'node:util';
import type { Entity } from './entity.js';

export type What = Edit['what'];
export type EditRow = { id: string } & Pick<Edit, 'what' | 'changes'>;

type Fields = Record<string, unknown>;
/** Not what somebody entered: which it is, whether it is in use, and what is kept of its secret. */
const NOT_FIELDS = ['id', 'retired', 'secretSha256', 'mosquittoHash'];

/** What one write does to a thing, as its history tells it. Null where it does nothing that anybody entered. */
export function editOf(before: Entity | undefined, entity: Entity): EditRow | null {
  const what = whatOf(before, entity);
  const changes = what === 'retired' ? [] : changesOf(before, entity);
  return what === 'changed' && changes.length === 0 ? null : { id: entity.id, what, changes };
}

/** Field by field. Of a secret only that it is another one: neither it nor its hash is told. */
export function changesOf(before: Entity | undefined, entity: Entity): FieldChange[] {
  const changes = differences(before ? fieldsOf(before) : {}, fieldsOf(entity));
  return before && before.secretSha256 !== entity.secretSha256 ? [...changes, { field: 'secret', from: null, to: null }] : changes;
}

export interface PastVersion {
  at: string;
  by: string;
  reason: string | null;
  data: unknown;
}

/** What was entered before edits were kept, told by the versions that are judged by, oldest first: less than all fields of a camera. */
export function editsOfVersions(versions: readonly PastVersion[]): Edit[] {
  let last: Fields = {};
  return versions.map(({ at, by, reason, data }, i) => {
    const before = i === 0 ? undefined : versions[i - 1]!.data;
    const what: What = data === null ? 'retired' : i === 0 ? 'created' : before === null ? 'restored' : 'changed';
    const fields = data === null ? last : fieldsOf(data as Fields);
    const changes = differences(last, fields);
    last = fields;
    return { at, by, reason, what, changes };
  });
}

function whatOf(before: Entity | undefined, entity: Entity): What {
  if (!before) return 'created';
  if (before.retired !== entity.retired) return entity.retired ? 'retired' : 'restored';
  return 'changed';
}

/** A feature's properties are its fields; of its shape, which may have thousands of points, only how many. */
function fieldsOf(thing: Fields): Fields {
  const feature = (thing.feature ?? thing) as { geometry?: { coordinates: unknown }; properties?: Fields };
  if (feature.geometry && feature.properties) return { ...feature.properties, geometry: feature.geometry };
  return Object.fromEntries(Object.entries(thing).filter(([field]) => !NOT_FIELDS.includes(field)));
}

function differences(before: Fields, after: Fields): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to) && !(isNothing(from) && isNothing(to)))
    .map(({ field, from, to }) => (field === 'geometry' ? { field, from: pointsOf(from), to: pointsOf(to) } : { field, from, to }));
}

/** An empty list says as much as none. */
const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);

function pointsOf(geometry: unknown): { points: number } | null {
  if (geometry === null) return null;
  const count = (coordinates: unknown): number =>
    Array.isArray(coordinates) ? (typeof coordinates[0] === 'number' ? 1 : coordinates.reduce((sum: number, one) => sum + count(one), 0)) : 0;
  return { points: count((geometry as { coordinates: unknown }).coordinates) };
}
