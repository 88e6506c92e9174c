import { Injectable } from '@nestjs/common';
import type { Edit, ImportAnswer } from '@muckwatch/contract';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { isWholeCity, type Viewer } from '../auth/viewer.js';
import { now } from '../clock.js';
import { KINDS } from '../kinds.js';
import type { Preview } from '../language.js';
import { cited, type Fault, Faults, faulty, noSuch, quoted, Refusal } from '../refusal.js';
import { MOST_ROWS } from './csv.js';
import { FleetService } from './fleet.service.js';
import { InTurn } from './in-turn.js';
import { makeSecret, planning } from './plan.js';
import { previewOf } from './preview.js';
import { type ListQuery, RegistryStore, type VersionRow } from './registry.store.js';
import { editOf } from './edits.js';
import { type Entity, isOver, type ResourceName } from './entity.js';
import type { Resource } from './resource.js';
import { RESOURCES } from './resources.js';

const SLICE_MS = 15;

/** Reads and writes the registry: one mechanism for companies, trucks, permits, places and all else. */
@Injectable()
export class RegistryService {
  constructor(
    private readonly store: RegistryStore,
    private readonly fleet: FleetService,
    private readonly turn: InTurn,
  ) {}

  async list(resource: Resource, viewer: Viewer, query: ListQuery): Promise<{ items: Entity[]; nextCursor: string | null }> {
    const items = await this.store.list(resource, viewer.scope, query);
    return { items, nextCursor: items.length === query.limit ? items.at(-1)!.id : null };
  }

  async one(resource: Resource, viewer: Viewer, id: string): Promise<Entity> {
    const entity = await this.store.one(resource, viewer.scope, id);
    if (!entity) throw noSuch(resource.name, id);
    return entity;
  }

  /** Who changed what of it and when, newest first: for whoever sees the thing. */
  async history(resource: Resource, viewer: Viewer, id: string): Promise<{ items: Edit[] }> {
    await this.one(resource, viewer, id);
    return { items: await this.store.edits(resource, id) };
  }

  /** As they are answered: with what is counted of them now. */
  answered(resource: Resource, entities: Entity[]): Promise<Entity[]> {
    return this.store.counted(resource, entities);
  }

  /** Makes one; its secret, where it has one, is in this answer and nowhere else. */
  create(resource: Resource, viewer: Viewer, body: unknown, reason: string | null = null): Promise<{ entity: Entity; secret?: string }> {
    return this.turn.take(async () => {
      const id = resource.idOf(body as Record<string, unknown>);
      const known = typeof id === 'string' ? this.fleet.get(resource.name, id) : undefined;
      if (known)
        throw new Refusal(409, {
          en: `There is a ${known.retired ? 'retired ' : ''}${resource.name} ${known.id} already${known.retired ? '; an import brings it back' : ''}.`,
          zh: known.retired
            ? `编号 ${known.id} 已被停用的${KINDS[resource.name]}占用，导入同一编号可恢复它。`
            : `编号为 ${known.id} 的${KINDS[resource.name]}已存在。`,
        });
      return this.#writeOne(resource, viewer, body, reason);
    });
  }

  /** Changes the fields that are given. A secret of `null` makes a new one. */
  change(
    resource: Resource,
    viewer: Viewer,
    id: string,
    body: Record<string, unknown>,
    reason: string | null = null,
  ): Promise<{ entity: Entity; secret?: string }> {
    return this.turn.take(async () => {
      await this.one(resource, viewer, id);
      this.#inUse(resource, id);
      const made = resource.hasSecret && body.secret === null ? makeSecret() : undefined;
      const { entity } = await this.#writeOne(resource, viewer, resource.withId(made ? { ...body, secret: made } : body, id), reason);
      return { entity, ...(made ? { secret: made } : {}) };
    });
  }

  /** Takes it out of use; its past stays. Refused while others in use refer to it. */
  retire(resource: Resource, viewer: Viewer, id: string, reason: string | null = null): Promise<void> {
    return this.turn.take(async () => {
      await this.one(resource, viewer, id);
      const entity = this.#inUse(resource, id);
      const user = this.#userOf(resource, id);
      if (user)
        throw new Refusal(409, {
          en: `${resource.name} ${id} is still used by ${user.name} ${user.id}; change or retire that first.`,
          zh: `${KINDS[resource.name]} ${id} 还在被${KINDS[user.name]} ${user.id} 使用，请先修改或停用后者。`,
        });
      await this.#write(resource, viewer, [{ ...entity, retired: true }], reason);
    });
  }

  /** All rows or none, every fault of every row named. */
  import(resource: Resource, viewer: Viewer, rows: unknown[], faults: Fault[] = []): Promise<ImportAnswer> {
    if (rows.length > MOST_ROWS) throw faulty('', { en: `At most ${MOST_ROWS} rows are taken at once.`, zh: `一次最多 ${MOST_ROWS} 行。` });
    return this.turn.take(async () => {
      const foreign = await this.#foreign(resource, viewer, rows);
      if (foreign.length > 0)
        throw new Faults(foreign, {
          en: `${foreign.length} of ${rows.length} rows cannot be used; nothing was imported.`,
          zh: `${rows.length} 行中有 ${foreign.length} 行不能用，没有导入任何内容。`,
        });
      const planned = await inSlices(planning(resource, rows, this.fleet, (row) => `row ${row}: `, now()));
      const all = [...faults, ...planned.faults];
      if (all.length > 0)
        throw new Faults(all, {
          en: `${badRows(all)} of ${rows.length} rows cannot be used; nothing was imported.`,
          zh: `${rows.length} 行中有 ${badRows(all)} 行不能用，没有导入任何内容。`,
        });
      await this.#write(resource, viewer, planned.writes);
      return { items: planned.items };
    });
  }

  /** What the import of these rows would do, every bad row with its faults. Nothing is written. */
  async preview(resource: Resource, viewer: Viewer, rows: unknown[], faults: Fault[] = []): Promise<Preview> {
    if (rows.length > MOST_ROWS) throw faulty('', { en: `At most ${MOST_ROWS} rows are taken at once.`, zh: `一次最多 ${MOST_ROWS} 行。` });
    const foreign = await this.#foreign(resource, viewer, rows);
    const theirs = new Set(foreign.map(({ row }) => row));
    // Of what the viewer may not see nothing is told, not even what of it a row would change.
    const asked = rows.map((row, i) => (theirs.has(i + 1) ? undefined : row));
    const planned = await inSlices(planning(resource, asked, this.fleet, (row) => `row ${row}: `, now()));
    const given = rows.map((row) => (typeof row === 'object' && row !== null ? resource.idOf(row as Record<string, unknown>) : null));
    return previewOf(given, planned.fates, [...faults, ...foreign, ...planned.faults]);
  }

  async #writeOne(resource: Resource, viewer: Viewer, raw: unknown, reason: string | null): Promise<{ entity: Entity; secret?: string }> {
    const { writes, items, faults } = await inSlices(planning(resource, [raw], this.fleet, () => '', now()));
    if (faults.length > 0) throw new Faults(faults);
    await this.#write(resource, viewer, writes, reason);
    const { id, secret } = items[0]!;
    return { entity: this.fleet.get(resource.name, id)!, ...(secret === undefined ? {} : { secret }) };
  }

  async #write(resource: Resource, viewer: Viewer, entities: Entity[], reason: string | null = null): Promise<void> {
    if (entities.length === 0) return;
    const at = now();
    const versions = resource.versioned ? entities.flatMap((entity) => this.#versionOf(resource, entity, at)) : [];
    const moved = resource.name === 'district' ? this.fleet.movedBy(entities) : [];
    const edits = entities.flatMap((entity) => editOf(this.fleet.get(resource.name, entity.id), entity) ?? []);
    await this.turn.committing(() => this.store.write(resource, viewer.scope, { entities, versions, edits, moved }, { by: viewer.username, at, reason }));
    this.fleet.apply(resource.tells, { name: resource.name, entities, moved }, versions);
  }

  /** A row of an import says what it leaves out by what is known: of what the viewer may not see it says nothing. */
  async #foreign(resource: Resource, { scope }: Viewer, rows: unknown[]): Promise<(Fault & { row: number })[]> {
    if (isWholeCity(scope)) return [];
    const given = rows.map((row) => (typeof row === 'object' && row !== null ? resource.idOf(row as Record<string, unknown>) : null));
    const known = given.filter((id): id is string => typeof id === 'string' && this.fleet.get(resource.name, id) !== undefined);
    const theirs = await this.store.visible(resource, scope, known);
    return given.flatMap((id, i) =>
      typeof id === 'string' && known.includes(id) && !theirs.has(id)
        ? [{ row: i + 1, path: `row ${i + 1}: id`, message: { en: `${quoted(id)} is not yours to change`, zh: `${cited(id)}不在您的账号范围内，不能修改` } }]
        : [],
    );
  }

  /** A new secret changes the thing, and nothing of what is judged by. */
  #versionOf(resource: Resource, entity: Entity, at: number): VersionRow[] {
    const before = this.fleet.get(resource.name, entity.id);
    const data = (of: Entity | undefined) => (!of || of.retired ? null : resource.versionOf(of));
    if (before && isDeepStrictEqual(data(before), data(entity))) return [];
    return [this.fleet.nextVersion(resource.name as VersionRow['kind'], entity.id, data(entity), at)];
  }

  #inUse(resource: Resource, id: string): Entity {
    const entity = this.fleet.get(resource.name, id);
    if (!entity) throw noSuch(resource.name, id);
    if (entity.retired)
      throw new Refusal(409, {
        en: `${resource.name} ${id} is retired; an import brings it back.`,
        zh: `${KINDS[resource.name]} ${id} 已停用，导入同一编号可恢复它。`,
      });
    return entity;
  }

  #userOf(resource: Resource, id: string): { name: ResourceName; id: string } | null {
    for (const other of Object.values(RESOURCES)) {
      const fields = Object.keys(other.references).filter((field) => other.references[field] === resource.name);
      for (const entity of this.fleet.all(other.name)) {
        if (!entity.retired && !isOver(entity, now()) && fields.some((field) => [entity[field]].flat().includes(id)))
          return { name: other.name, id: entity.id };
      }
    }
    return null;
  }
}

/** Live reports wait for no import. */
async function inSlices<T>(work: Generator<undefined, T>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}

function badRows(faults: { path: string }[]): number {
  return new Set(faults.map(({ path }) => /^row \d+/.exec(path)?.[0])).size;
}
