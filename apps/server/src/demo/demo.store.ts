import { Injectable } from '@nestjs/common';
import { Database } from '../db/database.js';
import type { Found } from './whose-city.js';

@Injectable()
export class DemoStore {
  constructor(private readonly db: Database) {}

  /** Read by the server itself, for nobody: no scope. */
  async found(): Promise<Found> {
    const { rows } = await this.db.query<Found>(
      `select (select count(*)::int from companies) as companies,
              (select entered_by from world_versions where kind <> 'limits' order by entered_at, kind, id limit 1) as "firstBy",
              exists (select from base_map) as "hasBaseMap"`,
    );
    return rows[0]!;
  }
}
