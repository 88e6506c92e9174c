import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  id,
  importAnswer,
  type ImportAnswer,
  districtCollection,
  type DistrictCollection,
  districtFeature,
  type DistrictFeature,
  placeGeometry,
} from '@muckwatch/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, openApiSchema } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { faulty } from '../refusal.js';
import { featureOf } from './feature.js';
import { IMPORT, registryQuery, rowsOf } from './registry.controller.js';
import { RegistryService } from './registry.service.js';
import { DISTRICTS } from './resources.js';

/** Properties that are given are changed, `null` removes one; the others stay. */
const districtChange = z
  .strictObject({
    type: z.literal('Feature').optional(),
    id: id.optional(),
    geometry: placeGeometry.optional(),
    properties: z.looseObject({}).optional(),
  })
  .meta({ id: 'DistrictChange' });

const COLLECTION = { schema: openApiSchema(districtCollection).schema };
const IMPORT_BODY = { required: true, content: { 'application/json': COLLECTION, 'application/geo+json': COLLECTION } };
const DISTRICT_IMPORT = IMPORT.replace(' (in CSV an empty cell)', '').replace(' without the header', '');

/** Districts of the city as GeoJSON features: polygons. Places belong to the district that holds their middle. */
@ApiTags('districts')
@Controller('districts')
@Roles(...ANYONE)
export class DistrictsController {
  constructor(private readonly registry: RegistryService) {}

  @Get()
  @ApiOperation({ operationId: 'listDistricts', summary: 'List, by id' })
  @Answers(districtCollection)
  async list(@CurrentViewer() viewer: Viewer, @Query({ schema: registryQuery }) query: z.output<typeof registryQuery>): Promise<DistrictCollection> {
    const { items, nextCursor } = await this.registry.list(DISTRICTS, viewer, query);
    return { type: 'FeatureCollection', features: items.map((district) => featureOf<DistrictFeature>(district)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'readDistrict', summary: 'One, in use or retired' })
  @Answers(districtFeature)
  async one(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<DistrictFeature> {
    return featureOf(await this.registry.one(DISTRICTS, viewer, which));
  }

  @Post()
  @Roles(...DISTRICTS.writers)
  @ApiOperation({ operationId: 'createDistrict', summary: 'Make one' })
  @Answers(districtFeature, 'Made', 201)
  async create(@CurrentViewer() viewer: Viewer, @Body({ schema: districtFeature }) body: DistrictFeature): Promise<DistrictFeature> {
    const { entity } = await this.registry.create(DISTRICTS, viewer, body);
    return featureOf(entity);
  }

  @Post('import')
  @Roles(...DISTRICTS.writers)
  @ApiOperation({
    operationId: 'importDistricts',
    summary: 'Make and change many at once, all or nothing',
    description: DISTRICT_IMPORT,
    requestBody: IMPORT_BODY,
  })
  @Answers(importAnswer)
  import(@CurrentViewer() viewer: Viewer, @Req() { body }: Request): Promise<ImportAnswer> {
    if (typeof body === 'string')
      throw faulty('', {
        en: 'An outline has no place in a CSV: send a GeoJSON FeatureCollection.',
        zh: '边界不能写在 CSV 里：请发送 GeoJSON FeatureCollection。',
      });
    return this.registry.import(DISTRICTS, viewer, rowsOf(body, 'features'));
  }

  @Patch(':id')
  @Roles(...DISTRICTS.writers)
  @ApiOperation({ operationId: 'changeDistrict', summary: 'Change its outline or the given properties' })
  @Answers(districtFeature)
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: id }) which: string,
    @Body({ schema: districtChange }) body: z.output<typeof districtChange>,
  ): Promise<DistrictFeature> {
    const { entity } = await this.registry.change(DISTRICTS, viewer, which, body);
    return featureOf(entity);
  }

  @Delete(':id')
  @Roles(...DISTRICTS.writers)
  @ApiOperation({ operationId: 'retireDistrict', summary: 'Take out of use; its past stays' })
  @Answers(null, 'Retired')
  retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<void> {
    return this.registry.retire(DISTRICTS, viewer, which);
  }
}
