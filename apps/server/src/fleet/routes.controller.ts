import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  editPage,
  type EditPage,
  id,
  type ImportAnswer,
  type ImportPreview,
  routeCollection,
  type RouteCollection,
  routeFeature,
  type RouteFeature,
  routeGeometry,
} from '@muckwatch/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, openApiSchema } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { type Language, previewIn, ReadersLanguage } from '../language.js';
import { faulty } from '../refusal.js';
import { featureOf } from './feature.js';
import { dryRunQuery, HISTORY, IMPORT, imported, registryQuery, rowsOf } from './registry.controller.js';
import { RegistryService } from './registry.service.js';
import { ROUTES } from './resources.js';

/** Properties that are given are changed, `null` removes one; the others stay. */
const routeChange = z
  .strictObject({
    type: z.literal('Feature').optional(),
    id: id.optional(),
    geometry: routeGeometry.optional(),
    properties: z.looseObject({}).optional(),
  })
  .meta({ id: 'RouteChange' });

const COLLECTION = { schema: openApiSchema(routeCollection).schema };
const IMPORT_BODY = { required: true, content: { 'application/json': COLLECTION, 'application/geo+json': COLLECTION } };
const ROUTE_IMPORT = IMPORT.replace(' (in CSV an empty cell)', '').replace(' without the header', '');

/** Approved routes as GeoJSON features: lines with a width. */
@ApiTags('routes')
@Controller('routes')
@Roles(...ANYONE)
export class RoutesController {
  constructor(private readonly registry: RegistryService) {}

  @Get()
  @ApiOperation({ operationId: 'listRoutes', summary: 'List, by id' })
  @Answers(routeCollection)
  async list(@CurrentViewer() viewer: Viewer, @Query({ schema: registryQuery }) query: z.output<typeof registryQuery>): Promise<RouteCollection> {
    const { items, nextCursor } = await this.registry.list(ROUTES, viewer, query);
    return { type: 'FeatureCollection', features: items.map((route) => featureOf<RouteFeature>(route)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'readRoute', summary: 'One, in use or retired' })
  @Answers(routeFeature)
  async one(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<RouteFeature> {
    return featureOf(await this.registry.one(ROUTES, viewer, which));
  }

  @Get(':id/history')
  @ApiOperation({ operationId: 'readRouteHistory', summary: HISTORY })
  @Answers(editPage)
  history(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<EditPage> {
    return this.registry.history(ROUTES, viewer, which);
  }

  @Post()
  @Roles(...ROUTES.writers)
  @ApiOperation({ operationId: 'createRoute', summary: 'Make one' })
  @Answers(routeFeature, 'Made', 201)
  async create(@CurrentViewer() viewer: Viewer, @Body({ schema: routeFeature }) body: RouteFeature): Promise<RouteFeature> {
    const { entity } = await this.registry.create(ROUTES, viewer, body);
    return featureOf(entity);
  }

  @Post('import')
  @Roles(...ROUTES.writers)
  @ApiOperation({
    operationId: 'importRoutes',
    summary: 'Make and change many at once, all or nothing',
    description: ROUTE_IMPORT,
    requestBody: IMPORT_BODY,
  })
  @Answers(imported)
  async import(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: dryRunQuery }) { dryRun }: z.output<typeof dryRunQuery>,
    @Req() { body }: Request,
    @ReadersLanguage() language: Language,
  ): Promise<ImportAnswer | ImportPreview> {
    if (typeof body === 'string')
      throw faulty('', {
        en: 'A line has no place in a CSV: send a GeoJSON FeatureCollection.',
        zh: '线路不能写在 CSV 里：请发送 GeoJSON FeatureCollection。',
      });
    const rows = rowsOf(body, 'features');
    return dryRun ? previewIn(language, await this.registry.preview(ROUTES, viewer, rows)) : this.registry.import(ROUTES, viewer, rows);
  }

  @Patch(':id')
  @Roles(...ROUTES.writers)
  @ApiOperation({ operationId: 'changeRoute', summary: 'Change its line or the given properties' })
  @Answers(routeFeature)
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: id }) which: string,
    @Body({ schema: routeChange }) body: z.output<typeof routeChange>,
  ): Promise<RouteFeature> {
    const { entity } = await this.registry.change(ROUTES, viewer, which, body);
    return featureOf(entity);
  }

  @Delete(':id')
  @Roles(...ROUTES.writers)
  @ApiOperation({ operationId: 'retireRoute', summary: 'Take out of use; its past stays' })
  @Answers(null, 'Retired')
  retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<void> {
    return this.registry.retire(ROUTES, viewer, which);
  }
}
