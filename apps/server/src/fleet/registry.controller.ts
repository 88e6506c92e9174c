import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { editPage, type EditPage, id, importAnswer, type ImportAnswer, importPreview, type ImportPreview, pageQuery } from '@muckwatch/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, openApiSchema } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { type Language, previewIn, ReadersLanguage } from '../language.js';
import { faulty } from '../refusal.js';
import { csvRows, typed } from './csv.js';
import type { Entity } from './entity.js';
import { FleetService } from './fleet.service.js';
import { RegistryService } from './registry.service.js';
import type { Resource, Schemas } from './resource.js';

export const registryQuery = pageQuery.extend({
  cursor: id.optional().meta({ description: 'nextCursor of the page before' }),
  q: z.string().max(80).optional().meta({ description: 'A piece of the id, name or plate' }),
  retired: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description: 'true: only those out of use' }),
});
export const dryRunQuery = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description: 'true: answers what would become of each row (ImportPreview), and writes nothing' }),
});
export const importQuery = dryRunQuery.extend({
  columns: z
    .string()
    .max(2_000)
    .optional()
    .meta({ description: 'CSV: field:column pairs where the header calls a field otherwise', example: 'id:site_id,name:site_code' }),
});

/** What was done, or of a dry run what would be. */
export const imported = z.union([importAnswer, importPreview]);

/** The endpoints of one plain resource. */
export function registryController(resource: Resource & { schemas: Schemas }): Type {
  const { body, change, item, page } = resource.schemas;
  const title = capital(resource.name);
  const titles = capital(resource.path);

  @ApiTags(resource.path)
  @Controller(resource.path)
  @Roles(...ANYONE)
  class ResourceController {
    constructor(
      private readonly registry: RegistryService,
      private readonly fleet: FleetService,
    ) {}

    @Get()
    @ApiOperation({ operationId: `list${titles}`, summary: 'List, by id' })
    @Answers(page)
    async list(@CurrentViewer() viewer: Viewer, @Query({ schema: registryQuery }) query: z.output<typeof registryQuery>) {
      const { items, nextCursor } = await this.registry.list(resource, viewer, query);
      return { items: (await this.registry.answered(resource, items)).map(shown), nextCursor };
    }

    @Get(':id')
    @ApiOperation({ operationId: `read${title}`, summary: 'One, in use or retired' })
    @Answers(item)
    async one(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string) {
      return this.#shown(await this.registry.one(resource, viewer, which));
    }

    @Get(':id/history')
    @ApiOperation({ operationId: `read${title}History`, summary: HISTORY })
    @Answers(editPage)
    history(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<EditPage> {
      return this.registry.history(resource, viewer, which);
    }

    @Post()
    @Roles(...resource.writers)
    @ApiOperation({ operationId: `create${title}`, summary: 'Make one' })
    @Answers(item, resource.hasSecret ? 'Made. The secret is shown this once' : 'Made', 201)
    async create(@CurrentViewer() viewer: Viewer, @Body({ schema: body }) said: unknown) {
      const { entity, secret } = await this.registry.create(resource, viewer, said);
      return { ...(await this.#shown(entity)), ...(secret === undefined ? {} : { secret }) };
    }

    @Post('import')
    @Roles(...resource.writers)
    @ApiOperation({
      operationId: `import${titles}`,
      summary: 'Make and change many at once, all or nothing',
      description: Object.values(resource.fields).includes('texts') ? `${IMPORT} ${IMPORT_LISTS}` : IMPORT,
      requestBody: importBody(body),
    })
    @Answers(imported)
    async import(
      @CurrentViewer() viewer: Viewer,
      @Query({ schema: importQuery }) query: z.output<typeof importQuery>,
      @Req() { body: said }: Request,
      @ReadersLanguage() language: Language,
    ): Promise<ImportAnswer | ImportPreview> {
      const rows =
        typeof said === 'string' ? csvRows(said, query.columns).map((row) => typed(row, resource.fields, this.fleet.utcOffset)) : rowsOf(said, 'items');
      return query.dryRun ? previewIn(language, await this.registry.preview(resource, viewer, rows)) : this.registry.import(resource, viewer, rows);
    }

    @Patch(':id')
    @Roles(...resource.writers)
    @ApiOperation({
      operationId: `change${title}`,
      summary: resource.hasSecret ? 'Change the given fields; `secret: null` makes a new one and shows it once' : 'Change the given fields',
    })
    @Answers(item)
    async change(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string, @Body({ schema: change }) said: Record<string, unknown>) {
      const { entity, secret } = await this.registry.change(resource, viewer, which, said);
      return { ...(await this.#shown(entity)), ...(secret === undefined ? {} : { secret }) };
    }

    @Delete(':id')
    @Roles(...resource.writers)
    @ApiOperation({ operationId: `retire${title}`, summary: 'Take out of use; its past stays' })
    @Answers(null, 'Retired')
    retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<void> {
      return this.registry.retire(resource, viewer, which);
    }

    async #shown(entity: Entity) {
      const [answered] = await this.registry.answered(resource, [entity]);
      return shown(answered!);
    }
  }
  Object.defineProperty(ResourceController, 'name', { value: `${title}Controller` });
  return ResourceController;
}

export const HISTORY = 'Who changed what of it and when, newest first. Secrets are never told';

export const IMPORT =
  'A row whose id exists changes it where it differs: fields that the row leaves out stay, null (in CSV an empty cell) clears. ' +
  'A row without an id makes a new one. Every bad row is named as `row n: field`, counted from 1 without the header.';

const IMPORT_LISTS =
  'In CSV a list of ids is parted by `;` or spaces, hours are JSON, and a day alone counts in the city’s time: validFrom from its beginning, validTo to its end.';

/** An array, or an object that holds it. */
export function rowsOf(said: unknown, field: 'items' | 'features'): unknown[] {
  const rows = Array.isArray(said) ? said : (said as Record<string, unknown> | undefined)?.[field];
  if (!Array.isArray(rows))
    throw faulty('', { en: `Send text/csv, or JSON: an array or an object with ${field}.`, zh: `请发送 text/csv，或 JSON：数组，或带 ${field} 的对象。` });
  return rows as unknown[];
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

/** What an import takes: rows of this body, or CSV. */
export function importBody(body: z.ZodType) {
  const items = { type: 'array' as const, items: openApiSchema(body).schema };
  return {
    required: true,
    content: {
      'application/json': { schema: { oneOf: [items, { type: 'object' as const, properties: { items }, required: ['items'] }] } },
      'text/csv': { schema: { type: 'string' as const, description: 'With a header line' } },
    },
  };
}

/** As it is answered: no hash of a secret. */
function shown(entity: Entity): Record<string, unknown> {
  const answer: Record<string, unknown> = { ...entity };
  delete answer.secretSha256;
  delete answer.mosquittoHash;
  return answer;
}
