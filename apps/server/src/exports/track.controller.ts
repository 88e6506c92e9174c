import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { id, PLAYBACK_TRUCKS, time, TRACK_FORMATS, type TrackFormat } from '@muckwatch/contract';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { pipeline, Readable } from 'node:stream';
import { z } from 'zod';
import { Roles } from '../auth/auth.guard.js';
import { ANYONE } from '../auth/roles.js';
import { CurrentViewer, type Viewer } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import { TrackStore } from '../history/track.store.js';
import { FixStore, stretchOf } from '../playback/fix.store.js';
import type { Language } from './table.js';
import { TRACK_COLUMNS, type TrackRow } from './track-columns.js';
import { geoJsonOf, gpxOf, pointsOf, type TrackAbout, type TrackPart } from './track-file.js';
import { type Cell, workbookOf } from './workbook.js';

const trackExport = z.object({
  trucks: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(id).min(1).max(PLAYBACK_TRUCKS))
    .meta({ description: `Ids with commas between them, ${PLAYBACK_TRUCKS} at most` }),
  from: time,
  to: time,
  format: z.enum(TRACK_FORMATS),
  language: z.enum(['zh', 'en']).default('zh').meta({ description: 'Of headings' }),
});

const TYPES: Record<TrackFormat, string> = {
  gpx: 'application/gpx+xml',
  geojson: 'application/geo+json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** What trucks reported, as files for other programs: all of it, raw, never cut short. */
@ApiTags('exports')
@Controller('exports')
@Roles(...ANYONE)
export class TrackController {
  constructor(
    private readonly database: Database,
    private readonly tracks: TrackStore,
    private readonly fixes: FixStore,
  ) {}

  @Get('track')
  @ApiOperation({
    summary: 'Raw reports of trucks as GPX, GeoJSON, CSV or Excel, in WGS-84; 7 days at most',
    description: 'The header `X-Reports` says how many reports the file has; a file that breaks off is not whole.',
  })
  @ApiProduces(...Object.values(TYPES))
  async trackFile(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: trackExport }) { trucks, from, to, format, language }: z.output<typeof trackExport>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { since, until } = stretchOf(from, to);
    for (const truckId of trucks) await this.tracks.mustSee(viewer.scope, truckId);
    const plates = await this.#plates(trucks);
    const parts: TrackPart[] = [];
    for (const truckId of trucks) {
      const plate = plates.get(truckId) ?? truckId;
      const pages = () => this.#pages(truckId, plate, since, until);
      parts.push({ truckId, plate, count: await this.fixes.count(truckId, since, until), pages });
    }
    const about = { since, until, parts };
    response.setHeader('X-Reports', pointsOf(about));
    const name = `track-${trucks.join('-').slice(0, 80)}-${compact(from)}-${compact(to)}-${pointsOf(about)}.${format}`;
    return new StreamableFile(fileOf(about, format, language), { type: TYPES[format], disposition: `attachment; filename="${name}"` });
  }

  async *#pages(truckId: string, plate: string, since: number, until: number): AsyncGenerator<TrackRow[], void, undefined> {
    for await (const slice of this.fixes.slices(truckId, since, until)) yield slice.map((fix) => ({ ...fix, truckId, plate }));
  }

  async #plates(trucks: string[]): Promise<Map<string, string>> {
    const { rows } = await this.database.query<{ id: string; plate: string }>('select id, plate from trucks where id = any($1)', [trucks]);
    return new Map(rows.map(({ id, plate }) => [id, plate]));
  }
}

const compact = (time: string) => iso(Date.parse(time)).slice(0, 16).replace(/[-:]/g, '');

function fileOf(about: TrackAbout, format: TrackFormat, language: Language): Readable {
  if (format === 'gpx') return Readable.from(gpxOf(about));
  if (format === 'geojson') return Readable.from(geoJsonOf(about));
  if (format === 'xlsx') return Readable.from(workbookOf(sheetsOf(about, language)));
  const writer = stringify({ bom: true, header: true, columns: TRACK_COLUMNS.map((column) => column[language]), escape_formulas: true });
  // A page that cannot be read breaks the file off: whoever takes it learns that it is not whole.
  pipeline(Readable.from(cellsOf(about.parts, language)), writer, () => undefined);
  return writer;
}

async function* cellsOf(parts: TrackPart[], language: Language): AsyncGenerator<Cell[], void, undefined> {
  for (const part of parts) for await (const page of part.pages()) yield* page.map((row) => rowOf(row, language));
}

const rowOf = (row: TrackRow, language: Language): Cell[] => TRACK_COLUMNS.map((column) => column.of(row, language));

/** A sheet a truck, and one that says what it is. */
function sheetsOf(about: TrackAbout, language: Language) {
  const head = TRACK_COLUMNS.map((column) => column[language]);
  const sheets = about.parts.map(({ plate, pages }) => ({
    name: plate,
    rows: (async function* () {
      yield [head];
      for await (const page of pages()) yield page.map((row) => rowOf(row, language));
    })(),
  }));
  const zh = language === 'zh';
  const said: Cell[][] = [
    [zh ? '说明' : 'About', zh ? '终端原始上报，未取整、未抽稀' : 'Raw reports of terminals, neither rounded nor thinned out'],
    [zh ? '坐标系' : 'Datum', 'WGS-84'],
    [zh ? '起（UTC）' : 'From (UTC)', iso(about.since)],
    [zh ? '止（UTC）' : 'To (UTC)', iso(about.until)],
    ...about.parts.map(({ plate, count }): Cell[] => [zh ? `${plate} 上报条数` : `Reports of ${plate}`, count]),
    [zh ? '合计' : 'Total', pointsOf(about)],
  ];
  return [...sheets, { name: zh ? '说明' : 'About', rows: Readable.from([said]) as AsyncIterable<Cell[][]> }];
}
