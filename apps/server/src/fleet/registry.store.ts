import { Injectable } from '@nestjs/common';
import { type Edit, MOST_EDITS } from '@muckwatch/contract';
import type { EpochMs } from '@muckwatch/domain';
import { isWholeCity, type Scope, within } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import type { Queryable } from '../db/queryable.js';
import { type EditRow, editsOfVersions } from './edits.js';
import type { Entity } from './entity.js';
import type { Resource } from './resource.js';
import type { Version } from './versions.js';
import { KINDS } from '../kinds.js';
import { Refusal } from '../refusal.js';

export type VersionKind = 'place' | 'truck' | 'terminal' | 'camera' | 'permit' | 'route' | 'limits';
export type VersionRow = { kind: VersionKind; id: string } & Version<unknown>;

export interface ListQuery {
  cursor?: string;
  limit: number;
  q?: string;
  retired: boolean;
  kind?: string;
}

/** What one change of the registry writes. */
export interface Written {
  entities: Entity[];
  versions: VersionRow[];
  edits: EditRow[];
  moved: Entity[];
}

/** Who entered a change, when, and why where a reason is asked for. */
export interface Entry {
  by: string;
  at: EpochMs;
  reason: string | null;
}

/** Never answered. */
const SECRETS = ['secretSha256', 'mosquittoHash'];
const TYPES = { text: 'text', number: 'double precision', json: 'jsonb', texts: 'text[]', time: 'timestamptz' };

/** The registry's tables, by the description of each. What is written is one statement, past and present together. */
@Injectable()
export class RegistryStore {
  constructor(private readonly db: Database) {}

  async list(resource: Resource, scope: Scope, { cursor, limit, q, retired, kind }: ListQuery): Promise<Entity[]> {
    const params: unknown[] = [cursor ?? null, limit, q?.toLowerCase() ?? null, retired];
    const searched = resource.searched.map((column) => `coalesce(r.${column}, '')`).join(` || ' ' || `);
    const conditions = [
      '($1::text is null or r.id > $1)',
      `($3::text is null or position($3 in lower(${searched})) > 0)`,
      'r.retired = $4',
      within(scope, resource.scope, params),
    ];
    if (kind !== undefined) conditions.push(`r.kind = $${params.push(kind)}`);
    const { rows } = await this.db.query<Entity>(
      `select ${selected(resource)} from ${resource.table} r where ${conditions.join(' and ')} order by r.id limit $2`,
      params,
    );
    return rows.map((row) => entityOf(resource, row));
  }

  /** Null where there is none, or not in the viewer's scope. */
  async one(resource: Resource, scope: Scope, id: string): Promise<Entity | null> {
    const params: unknown[] = [id];
    const { rows } = await this.db.query<Entity>(
      `select ${selected(resource)} from ${resource.table} r where r.id = $1 and ${within(scope, resource.scope, params)}`,
      params,
    );
    return rows[0] ? entityOf(resource, rows[0]) : null;
  }

  /** Each with what is counted of it. */
  async counted(resource: Resource, entities: Entity[]): Promise<Entity[]> {
    if (!resource.counted || entities.length === 0) return entities;
    const ids = entities.map(({ id }) => id);
    const counted = await resource.counted(this.db, ids);
    return entities.map((entity) => ({ ...entity, ...counted.get(entity.id) }));
  }

  /** Everything, for the memory at start. */
  async all(resource: Resource): Promise<Entity[]> {
    const secret = resource.hasSecret ? ', r.secret_sha256 as "secretSha256", r.mosquitto_hash as "mosquittoHash"' : '';
    const { rows } = await this.db.query<Entity>(`select ${selected(resource)}${secret} from ${resource.table} r`);
    return rows.map((row) => entityOf(resource, row));
  }

  async versions(): Promise<VersionRow[]> {
    const { rows } = await this.db.query<VersionRow>(
      `select kind, id, version, extract(epoch from from_at)::float8 * 1000 as "fromAt", data from world_versions order by kind, id, version`,
    );
    return rows.map((row) => ({ ...row, fromAt: Number.isFinite(row.fromAt) ? Math.round(row.fromAt) : -Infinity }));
  }

  /**
   * What was changed of a thing, newest first, at most `MOST_EDITS`. What was entered before edits were kept is told by its versions. Whether the viewer may see
   * the thing has been asked before.
   */
  async edits(resource: Resource, id: string): Promise<Edit[]> {
    const { rows } = await this.db.query<Omit<Edit, 'at'> & { at: Date }>(
      `select at, by, reason, what, changes from registry_edits where kind = $1 and id = $2 order by number desc limit ${MOST_EDITS}`,
      [resource.name, id],
    );
    const edits = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    if (!resource.versioned || edits.length === MOST_EDITS || edits.at(-1)?.what === 'created') return edits;
    const { rows: versions } = await this.db.query<{ at: Date; by: string; reason: string | null; data: unknown }>(
      `select entered_at as at, entered_by as by, reason, data from world_versions
       where kind = $1 and id = $2 and entered_at < coalesce((select min(at) from registry_edits where kind = $1 and id = $2), 'infinity') order by version`,
      [resource.name, id],
    );
    const before = editsOfVersions(versions.map((row) => ({ ...row, at: row.at.toISOString() }))).reverse();
    return [...edits, ...before].slice(0, MOST_EDITS);
  }

  /** Which of these are in the viewer's scope. */
  async visible(resource: Resource, scope: Scope, ids: string[], client: Queryable = this.db): Promise<Set<string>> {
    const params: unknown[] = [ids];
    const { rows } = await client.query<{ id: string }>(
      `select r.id from ${resource.table} r where r.id = any($1::text[]) and ${within(scope, resource.scope, params)}`,
      params,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Rows as they shall be, the versions that come of it and the places that are in another district by it.
   *
   * @throws Refusal 403 where the viewer would write what is not in their scope, or no longer; nothing is written then
   */
  async write(resource: Resource, scope: Scope, written: Written, entry: Entry): Promise<void> {
    if (isWholeCity(scope)) return this.#write(this.db, resource, written, entry);
    await this.db.transaction(async (client) => {
      await this.#write(client, resource, written, entry);
      const ids = written.entities.map(({ id }) => id);
      const visible = await this.visible(resource, scope, ids, client);
      const foreign = ids.filter((id) => !visible.has(id));
      if (foreign.length > 0)
        throw new Refusal(403, {
          en: `${resource.name} ${foreign.slice(0, 3).join(', ')} would not be yours.`,
          zh: `${KINDS[resource.name]} ${foreign.slice(0, 3).join('、')} 不在您的账号范围内。`,
        });
    });
  }

  /** One statement. Whoever else wrote the same version meanwhile makes it fail as a whole. */
  async #write(client: Queryable, resource: Resource, { entities, versions, edits, moved }: Written, entry: Entry): Promise<void> {
    const columns = columnsOf(resource);
    const names = columns.map(([column]) => column).join(', ');
    await client.query(
      `with rows as (select * from jsonb_to_recordset($1::jsonb) as r (${columns.map(([column, type]) => `${column} ${type}`).join(', ')})),
       written as (
         insert into ${resource.table} (${names}) select ${names} from rows order by id
         on conflict (id) do update set ${columns.map(([column]) => `${column} = excluded.${column}`).join(', ')}
         returning id),
       moved as (
         update places p set district_id = m.district_id from jsonb_to_recordset($6::jsonb) as m (id text, district_id text)
         where p.id = m.id and exists (select from written)),
       edited as (
         insert into registry_edits (kind, id, at, by, reason, what, changes) select $7::text, e.id, $3::timestamptz, $4::text, $5::text, e.what, e.changes
         from jsonb_to_recordset($8::jsonb) as e (id text, what text, changes jsonb))
       ${INSERT_VERSIONS('$2', '$3', '$4', '$5')}`,
      [
        JSON.stringify(entities.map((entity) => rowOf(resource, entity))),
        ...versionParams(versions, entry),
        JSON.stringify(moved.map(({ id, districtId }) => ({ id, district_id: districtId }))),
        resource.name,
        JSON.stringify(edits),
      ],
    );
  }

  async writeVersions(versions: VersionRow[], entry: Entry): Promise<void> {
    await this.db.query(INSERT_VERSIONS('$1', '$2', '$3', '$4'), versionParams(versions, entry));
  }
}

/** No `on conflict`: a version is never written twice, so a conflict is a lost update and must fail. */
const INSERT_VERSIONS = (rows: string, at: string, by: string, reason: string) =>
  `insert into world_versions (kind, id, version, from_at, entered_at, entered_by, reason, data)
   select v.kind, v.id, v.version, v.from_at, ${at}::timestamptz, ${by}::text, ${reason}::text, v.data
   from jsonb_to_recordset(${rows}::jsonb) as v (kind text, id text, version int, from_at timestamptz, data jsonb)`;

function versionParams(versions: VersionRow[], { by, at, reason }: Entry): unknown[] {
  const rows = versions.map(({ kind, id, version, fromAt, data }) => ({
    kind,
    id,
    version,
    data,
    from_at: fromAt === -Infinity ? '-infinity' : new Date(fromAt),
  }));
  return [JSON.stringify(rows), new Date(at), by, reason];
}

function selected(resource: Resource): string {
  return ['id', ...Object.keys(resource.fields), 'retired'].map((field) => `r.${columnOf(field)} as "${field}"`).join(', ');
}

function columnsOf(resource: Resource): [column: string, type: string][] {
  const fields = Object.entries(resource.fields).map(([field, type]): [string, string] => [columnOf(field), TYPES[type]]);
  return [
    ['id', 'text'],
    ...fields,
    ...(resource.hasSecret ? SECRETS.map((field): [string, string] => [columnOf(field), 'text']) : []),
    ['retired', 'boolean'],
  ];
}

/** Times as text, as everything else has them. */
function entityOf(resource: Resource, row: Entity): Entity {
  for (const field of Object.keys(resource.fields)) {
    if (resource.fields[field] === 'time') row[field] = (row[field] as Date | null)?.toISOString() ?? null;
  }
  return row;
}

function rowOf(resource: Resource, entity: Entity): Record<string, unknown> {
  const fields = ['id', ...Object.keys(resource.fields), ...(resource.hasSecret ? SECRETS : []), 'retired'];
  return Object.fromEntries(fields.map((field) => [columnOf(field), entity[field]]));
}

/** ratedLoadKg → rated_load_kg. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
