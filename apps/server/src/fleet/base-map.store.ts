import { Injectable } from '@nestjs/common';
import { Database } from '../db/database.js';

const EMPTY = '{"type":"FeatureCollection","features":[]}';

/** The one background of the map. Roads and water are no secret of anybody: no scope narrows them. */
@Injectable()
export class BaseMapStore {
  constructor(private readonly db: Database) {}

  /** As text: it is large and goes out as it is. */
  async read(): Promise<string> {
    const { rows } = await this.db.query<{ geojson: string }>('select geojson::text as geojson from base_map');
    return rows[0]?.geojson ?? EMPTY;
  }

  async replace(geojson: unknown): Promise<void> {
    await this.db.query('insert into base_map (geojson) values ($1::jsonb) on conflict (single) do update set geojson = excluded.geojson', [
      JSON.stringify(geojson),
    ]);
  }
}
