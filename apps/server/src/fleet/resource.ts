import type { Changed, Role } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import type { z } from 'zod';
import type { Narrowing } from '../auth/narrowing.js';
import type { Queryable } from '../db/queryable.js';
import type { Fault } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';
import type { Entity, Known, Parsed, ResourceName } from './entity.js';

/** `texts`: a list of them; `time`: RFC 3339 in UTC. */
export type FieldKind = 'text' | 'number' | 'json' | 'texts' | 'time';

/** What the registry needs to know of one kind of thing; the rest is the same for all. */
export interface Resource {
  name: ResourceName;
  path: string;
  table: string;
  /** Field and the kind of its column, which is the field's name in snake case. */
  fields: Record<string, FieldKind>;
  /** Signs in over MQTT with a secret of its own. */
  hasSecret: boolean;
  /** Its past matters for judging: each change is a row of world_versions too. */
  versioned: boolean;
  /** What of it a version keeps. */
  versionOf: (entity: Entity) => unknown;
  /** What is edited, as pages are told it. */
  tells: Changed['what'];
  /** Fields that hold the id of another thing, or a list of ids. */
  references: Partial<Record<string, ResourceName>>;
  /** Field that no two things in use may share. */
  unique: string | null;
  /** Who may write it, each within their scope. Everybody reads what is theirs. */
  writers: readonly Role[];
  /** Whose the row `r` is. */
  scope: Narrowing;
  /** What `q` looks in. */
  searched: string[];
  /** The id a row of an import gives. */
  idOf: (raw: Record<string, unknown>) => unknown;
  /** A change of the thing of this id, as a row of an import would say it. */
  withId: (body: Record<string, unknown>, id: string) => Record<string, unknown>;
  /** A row as it came, over what is known of the thing: fields that it leaves out stay. */
  parse: (raw: Record<string, unknown>, known: Entity | undefined) => Parsed;
  /** With what is computed of it from what else is registered. */
  completed: (entity: Entity, known: Known) => Entity;
  /** What is counted of things each time they are answered, and stored nowhere; one statement for a page. */
  counted?: (db: Queryable, ids: string[]) => Promise<Map<string, object>>;
  /** What makes no sense together with what else is registered. All that it refers to is there and in use. */
  check: (entity: Entity, before: Entity | undefined, known: Known, at: EpochMs) => Fault[];
}

/** The schemas of a plain resource: what is taken and what is answered. */
export interface Schemas {
  body: z.ZodType;
  change: z.ZodType;
  item: z.ZodType;
  page: z.ZodType;
}

/** What most resources have in common. */
export const plain = {
  writers: ['admin'] as readonly Role[],
  hasSecret: false,
  versioned: false,
  tells: 'registry' as const,
  unique: null,
  references: {},
  idOf: (raw: Record<string, unknown>) => raw.id,
  withId: (body: Record<string, unknown>, id: string) => ({ ...body, id }),
  completed: (entity: Entity) => entity,
  check: () => [],
};

/** What GeoJSON features have in common: the id is among the properties, or else at the feature. */
export const asFeature = {
  ...plain,
  versioned: true,
  versionOf: ({ feature }: Entity) => feature,
  idOf: (raw: Record<string, unknown>) => (raw.properties as Record<string, unknown> | null | undefined)?.id ?? raw.id,
  withId: (body: Record<string, unknown>, id: string) => ({ ...body, properties: { ...(body.properties as object | undefined), id } }),
};

export function parseWith(body: z.ZodObject, defaults: Record<string, unknown> = {}): Resource['parse'] {
  const names = Object.keys(body.shape).filter((name) => name !== 'id' && name !== 'secret');
  return (raw, known) => {
    const before = known ? Object.fromEntries(names.map((name) => [name, known[name]])) : {};
    const whole = { ...before, ...raw };
    const result = body.safeParse(whole);
    if (!result.success) return { faults: faultsOf(result.error, whole) };
    const said = result.data;
    const fields = Object.fromEntries(names.map((name) => [name, said[name] ?? defaults[name] ?? null]));
    return { id: (said.id as string | null | undefined) ?? null, fields, secret: (said.secret as string | null | undefined) ?? null };
  };
}
