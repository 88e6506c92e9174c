import type { FieldChange, ImportAnswer } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { sha256 } from '../auth/token.js';
import { KINDS } from '../kinds.js';
import { cited, type Fault, quoted } from '../refusal.js';
import { changesOf } from './edits.js';
import type { Entity, Known, Parsed } from './entity.js';
import { mosquittoHash } from './mosquitto-hash.js';
import type { Resource } from './resource.js';

/** What becomes of one row. */
export interface PlannedItem {
  /** Counted from 1. */
  row: number;
  id: string;
  result: ImportAnswer['items'][number]['result'];
  /** Of a row that changes something. */
  changes: FieldChange[];
}

export interface Plan {
  /** Only what differs from what is known. */
  writes: Entity[];
  items: ImportAnswer['items'];
  /** As `items`, with what a preview tells of each. */
  fates: PlannedItem[];
  faults: Fault[];
}

/**
 * What a list of rows asks for: everything is looked at before anything is written. Yields after each row, so that a long list need not hold up anybody.
 * A row whose id exists changes it where it differs; fields it leaves out stay, `null` clears. `where` names row n in a fault.
 */
export function* planning(resource: Resource, rows: unknown[], known: Known, where: (row: number) => string, at: EpochMs): Generator<undefined, Plan> {
  const faults: Fault[] = [];
  const writes: Entity[] = [];
  const items: ImportAnswer['items'] = [];
  const fates: PlannedItem[] = [];
  const seen = new Map<string, number>();

  for (const [index, raw] of rows.entries()) {
    yield;
    if (raw === undefined) continue; // its faults are named already
    const wrong = (found: Fault[]) => faults.push(...found.map(({ path, message }) => ({ path: (where(index + 1) + path).replace(/: $/, ''), message })));
    const row = readRow(resource, raw, known);
    if ('faults' in row) {
      wrong(row.faults);
      continue;
    }
    const { id, parsed, before } = row;
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      wrong([{ path: 'id', message: { en: `${quoted(id)} is also the id of row ${earlier}`, zh: `编号${cited(id)}与第 ${earlier} 行重复` } }]);
      continue;
    }
    seen.set(id, index + 1);
    const { entity: said, secret } = entityOf(resource, id, parsed, before);
    const entity = resource.completed(said, known);
    const result = !before ? 'created' : isDeepStrictEqual(entity, before) ? 'unchanged' : 'changed';
    if (result !== 'unchanged') {
      const lost = [...foreignId(resource, id, known), ...missing(resource, parsed.fields, known)];
      wrong(lost.length > 0 ? lost : resource.check(entity, before, known, at));
      writes.push(entity);
    }
    fates.push({ row: index + 1, id, result, changes: before && result === 'changed' ? changesOf(before, entity) : [] });
    items.push({ id, result, ...(secret !== null && !before ? { secret } : {}) });
  }

  faults.push(...duplicates(resource, writes, known, (id) => where(seen.get(id)!)));
  return { writes, items, fates, faults };
}

type Read = Exclude<Parsed, { faults: Fault[] }>;

function readRow(resource: Resource, raw: unknown, known: Known): { id: string; parsed: Read; before: Entity | undefined } | { faults: Fault[] } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { faults: [{ path: '', message: { en: 'must be an object', zh: '不是一条记录' } }] };
  const fields = raw as Record<string, unknown>;
  const given = resource.idOf(fields);
  const before = typeof given === 'string' ? known.get(resource.name, given) : undefined;
  const parsed = resource.parse(fields, before);
  if ('faults' in parsed) return parsed;
  return { id: parsed.id ?? `${resource.name}-${randomBytes(6).toString('hex')}`, parsed, before };
}

function entityOf(resource: Resource, id: string, parsed: Read, before: Entity | undefined): { entity: Entity; secret: string | null } {
  const entity: Entity = { id, ...parsed.fields, retired: false };
  if (!resource.hasSecret) return { entity, secret: null };
  const secret = parsed.secret ?? (before ? null : makeSecret());
  return { entity: { ...entity, ...hashesOf(secret, before) }, secret };
}

/** The same secret again keeps its hashes: another salt would be no change. */
function hashesOf(secret: string | null, before: Entity | undefined): Record<'secretSha256' | 'mosquittoHash', unknown> {
  const kept = { secretSha256: before?.secretSha256, mosquittoHash: before?.mosquittoHash ?? null };
  if (secret === null) return kept;
  const secretSha256 = sha256(secret);
  return secretSha256 === kept.secretSha256 && kept.mosquittoHash !== null ? kept : { secretSha256, mosquittoHash: mosquittoHash(secret) };
}

/** 128 random bits. */
export function makeSecret(): string {
  return randomBytes(16).toString('hex');
}

/** Terminals and cameras sign in by their id alone, so no two of them may share one. */
function foreignId(resource: Resource, id: string, known: Known): Fault[] {
  if (!resource.hasSecret) return [];
  const other = resource.name === 'terminal' ? 'camera' : 'terminal';
  return known.get(other, id)
    ? [
        {
          path: 'id',
          message: {
            en: `${quoted(id)} is the id of a ${other} already; both sign in by their id`,
            zh: `编号${cited(id)}已属于一个${KINDS[other]}；终端和抓拍机都用编号登录，不能相同`,
          },
        },
      ]
    : [];
}

function missing(resource: Resource, fields: Record<string, unknown>, known: Known): Fault[] {
  return Object.entries(resource.references).flatMap(([field, name]) =>
    [fields[field] ?? []].flat().flatMap((id) => {
      const there = known.get(name!, id as string);
      if (there && !there.retired) return [];
      return [
        {
          path: field,
          message: {
            en: there ? `${quoted(id)} is a retired ${name}` : `${quoted(id)} is no ${name} that is registered`,
            zh: there ? `${KINDS[name!]}${cited(id)}已停用` : `${KINDS[name!]}${cited(id)}没有登记`,
          },
        },
      ];
    }),
  );
}

/** No two in use may share the unique field, not for the length of a statement either: a plate passes on in two imports, not in one. */
function duplicates(resource: Resource, writes: Entity[], known: Known, where: (id: string) => string): Fault[] {
  const { unique } = resource;
  if (unique === null || writes.length === 0) return [];
  const owners = new Map<unknown, Set<string>>();
  const own = ({ id, [unique]: value }: Entity) => owners.set(value, (owners.get(value) ?? new Set()).add(id));
  for (const entity of known.all(resource.name)) if (!entity.retired) own(entity);
  return writes.flatMap((entity) => {
    const other = [...(owners.get(entity[unique]) ?? [])].find((id) => id !== entity.id);
    own(entity);
    return other === undefined
      ? []
      : [
          {
            path: where(entity.id) + unique,
            message: {
              en: `${quoted(entity[unique])} is the ${unique} of ${resource.name} ${other} already`,
              zh: `${cited(entity[unique])}已属于${KINDS[resource.name]} ${other}`,
            },
          },
        ];
  });
}
