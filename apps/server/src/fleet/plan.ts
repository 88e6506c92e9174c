import type { ImportAnswer } from '@muckwatch/contract';
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Fault, quoted } from '../problem.js';
import type { Entity, Parsed, Resource, ResourceName } from './resources.js';
import { sha256 } from '../auth/token.js';

/** What is registered now. */
export interface Known {
  get(name: ResourceName, id: string): Entity | undefined;
  all(name: ResourceName): Iterable<Entity>;
}

export interface Plan {
  /** Only what differs from what is known. */
  writes: Entity[];
  items: ImportAnswer['items'];
  faults: Fault[];
}

type Item = ImportAnswer['items'][number];

/**
 * What a list of rows asks for: everything is looked at before anything is written.
 * A row whose id exists changes it where it differs; fields it leaves out stay, `null` clears. `where` names row n in a fault.
 */
export function plan(resource: Resource, rows: unknown[], known: Known, where: (row: number) => string): Plan {
  const faults: Fault[] = [];
  const writes: Entity[] = [];
  const items: Item[] = [];
  const seen = new Map<string, number>();

  rows.forEach((raw, index) => {
    const at = where(index + 1);
    const add = (path: string, message: string) => faults.push({ path: (at + path).replace(/: $/, ''), message });
    if (raw === undefined) return; // its faults are named already
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return void add('', 'must be an object');

    const given = resource.idOf(raw as Record<string, unknown>);
    const before = typeof given === 'string' ? known.get(resource.name, given) : undefined;
    const parsed = resource.parse(raw as Record<string, unknown>, before);
    if ('faults' in parsed) return parsed.faults.forEach(({ path, message }) => add(path, message));

    const id = parsed.id ?? `${resource.name}-${randomBytes(6).toString('hex')}`;
    const earlier = seen.get(id);
    if (earlier !== undefined) return void add('id', `${quoted(id)} is also the id of row ${earlier}`);
    seen.set(id, index + 1);
    for (const { path, message } of [...foreignId(resource, id, known), ...missing(resource, parsed.fields, known)]) add(path, message);

    const { entity, secret } = entityOf(resource, id, parsed, before);
    const result = !before ? 'created' : isDeepStrictEqual(entity, before) ? 'unchanged' : 'changed';
    if (result !== 'unchanged') writes.push(entity);
    items.push({ id, result, ...(secret !== null && !before ? { secret } : {}) });
  });

  return { writes, items, faults: faults.length > 0 ? faults : duplicates(resource, writes, known, (id) => where(seen.get(id)!)) };
}

function entityOf(
  resource: Resource,
  id: string,
  parsed: Exclude<Parsed, { faults: Fault[] }>,
  before: Entity | undefined,
): { entity: Entity; secret: string | null } {
  const entity: Entity = { id, ...parsed.fields, retired: false };
  if (!resource.hasSecret) return { entity, secret: null };
  const secret = parsed.secret ?? (before ? null : makeSecret());
  return { entity: { ...entity, secretSha256: secret === null ? before!.secretSha256 : sha256(secret) }, secret };
}

/** 128 random bits. */
export function makeSecret(): string {
  return randomBytes(16).toString('hex');
}

/** Terminals and cameras sign in by their id alone, so no two of them may share one. */
function foreignId(resource: Resource, id: string, known: Known): Fault[] {
  if (!resource.hasSecret) return [];
  const other = resource.name === 'terminal' ? 'camera' : 'terminal';
  return known.get(other, id) ? [{ path: 'id', message: `${quoted(id)} is the id of a ${other} already; both sign in by their id` }] : [];
}

function missing(resource: Resource, fields: Record<string, unknown>, known: Known): Fault[] {
  return Object.entries(resource.references).flatMap(([field, name]) => {
    const there = known.get(name, fields[field] as string);
    if (there && !there.retired) return [];
    return [{ path: field, message: there ? `${quoted(fields[field])} is a retired ${name}` : `${quoted(fields[field])} is no ${name} that is registered` }];
  });
}

/** Among what would then be in use, no two may share the unique field. */
function duplicates(resource: Resource, writes: Entity[], known: Known, where: (id: string) => string): Fault[] {
  const { unique } = resource;
  if (unique === null || writes.length === 0) return [];
  const written = new Set(writes.map(({ id }) => id));
  const owner = new Map<unknown, string>();
  for (const entity of known.all(resource.name)) if (!entity.retired && !written.has(entity.id)) owner.set(entity[unique], entity.id);
  return writes.flatMap((entity) => {
    const other = owner.get(entity[unique]);
    owner.set(entity[unique], entity.id);
    return other === undefined
      ? []
      : [{ path: where(entity.id) + unique, message: `${quoted(entity[unique])} is the ${unique} of ${resource.name} ${other} already` }];
  });
}
