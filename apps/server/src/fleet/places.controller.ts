import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  editPage,
  type EditPage,
  id,
  type ImportAnswer,
  type ImportPreview,
  placeCollection,
  type PlaceCollection,
  placeFeature,
  type PlaceFeature,
  placeGeometry,
  placeKind,
  text,
} from '@muckwatch/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, openApiSchema } from '../api.js';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { type Language, previewIn, ReadersLanguage } from '../language.js';
import type { Fault } from '../refusal.js';
import { csvRows } from './csv.js';
import { featureOf } from './feature.js';
import { FleetService } from './fleet.service.js';
import { placeRow } from './place-csv.js';
import { HISTORY, IMPORT, imported, importQuery, registryQuery, rowsOf } from './registry.controller.js';
import { RegistryService } from './registry.service.js';
import { PLACES } from './resources.js';

const placeQuery = registryQuery.extend({ kind: placeKind.optional() });
const placeImportQuery = importQuery.extend({
  kind: placeKind.optional().meta({ description: 'CSV: the kind of rows that do not say theirs' }),
  radiusM: z.coerce.number().min(1).max(20_000).optional().meta({ description: 'CSV: the radius of rows that do not say theirs' }),
});
const reasonQuery = z.object({ reason: text(500).optional().meta({ description: 'Why, for those who look at its versions later' }) });
type ReasonQuery = z.output<typeof reasonQuery>;
/** Properties that are given are changed, `null` removes one; the others stay. */
const placeChange = z
  .strictObject({
    type: z.literal('Feature').optional(),
    id: id.optional(),
    geometry: placeGeometry.optional(),
    properties: z.looseObject({}).optional(),
  })
  .meta({ id: 'PlaceChange' });

const PLACE_IMPORT =
  `${IMPORT} CSV rows are points with a radius: \`id,kind,name,lon,lat,radiusM\`; other columns become properties. ` +
  'A day alone counts in the city’s time: validFrom from its beginning, validTo to its end. Permitted sites with columns of their own import as ' +
  '`?kind=site&radiusM=150&columns=id:site_id,name:site_code,lon:lng_wgs84,lat:lat_wgs84,validFrom:start_date,validTo:end_date`.';

const COLLECTION = { schema: openApiSchema(placeCollection).schema };
const PLACE_IMPORT_BODY = {
  required: true,
  content: {
    'application/json': COLLECTION,
    'application/geo+json': COLLECTION,
    'text/csv': { schema: { type: 'string' as const, description: 'With a header line' } },
  },
};

/** Sites, yards, lots, bays and zones as GeoJSON features. */
@ApiTags('places')
@Controller('places')
@Roles(...ANYONE)
export class PlacesController {
  constructor(
    private readonly registry: RegistryService,
    private readonly fleet: FleetService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listPlaces', summary: 'List, by id' })
  @Answers(placeCollection)
  async list(@CurrentViewer() viewer: Viewer, @Query({ schema: placeQuery }) query: z.output<typeof placeQuery>): Promise<PlaceCollection> {
    const { items, nextCursor } = await this.registry.list(PLACES, viewer, query);
    return { type: 'FeatureCollection', features: items.map((place) => featureOf(place)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'readPlace', summary: 'One, in use or retired' })
  @Answers(placeFeature)
  async one(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<PlaceFeature> {
    return featureOf(await this.registry.one(PLACES, viewer, which));
  }

  @Get(':id/history')
  @ApiOperation({ operationId: 'readPlaceHistory', summary: HISTORY })
  @Answers(editPage)
  history(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string): Promise<EditPage> {
    return this.registry.history(PLACES, viewer, which);
  }

  @Post()
  @Roles(...PLACES.writers)
  @ApiOperation({ operationId: 'createPlace', summary: 'Make one' })
  @Answers(placeFeature, 'Made', 201)
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: placeFeature }) body: PlaceFeature,
    @Query({ schema: reasonQuery }) { reason }: ReasonQuery,
  ): Promise<PlaceFeature> {
    const { entity } = await this.registry.create(PLACES, viewer, body, reason ?? null);
    return featureOf(entity);
  }

  @Post('import')
  @Roles(...PLACES.writers)
  @ApiOperation({
    operationId: 'importPlaces',
    summary: 'Make and change many at once, all or nothing',
    description: PLACE_IMPORT,
    requestBody: PLACE_IMPORT_BODY,
  })
  @Answers(imported)
  async import(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: placeImportQuery }) query: z.output<typeof placeImportQuery>,
    @Req() { body }: Request,
    @ReadersLanguage() language: Language,
  ): Promise<ImportAnswer | ImportPreview> {
    const faults: Fault[] = [];
    const rows = typeof body === 'string' ? this.#csv(body, query, faults) : rowsOf(body, 'features');
    if (query.dryRun) return previewIn(language, await this.registry.preview(PLACES, viewer, rows, faults));
    return this.registry.import(PLACES, viewer, rows, faults);
  }

  @Patch(':id')
  @Roles(...PLACES.writers)
  @ApiOperation({ operationId: 'changePlace', summary: 'Change its geometry or the given properties' })
  @Answers(placeFeature)
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: id }) which: string,
    @Body({ schema: placeChange }) body: z.output<typeof placeChange>,
    @Query({ schema: reasonQuery }) { reason }: ReasonQuery,
  ): Promise<PlaceFeature> {
    const { entity } = await this.registry.change(PLACES, viewer, which, body, reason ?? null);
    return featureOf(entity);
  }

  @Delete(':id')
  @Roles(...PLACES.writers)
  @ApiOperation({ operationId: 'retirePlace', summary: 'Take out of use; its past stays' })
  @Answers(null, 'Retired')
  retire(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) which: string, @Query({ schema: reasonQuery }) { reason }: ReasonQuery): Promise<void> {
    return this.registry.retire(PLACES, viewer, which, reason ?? null);
  }

  /** Points with a radius; what of a row cannot be read goes to `faults`. */
  #csv(body: string, query: z.output<typeof placeImportQuery>, faults: Fault[]): unknown[] {
    return csvRows(body, query.columns).map((cells, index) => {
      const { raw, faults: wrong } = placeRow(cells, query, this.fleet.utcOffset);
      faults.push(...wrong.map(({ path, message }) => ({ path: `row ${index + 1}: ${path}`, message })));
      return raw;
    });
  }
}
