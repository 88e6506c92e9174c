import { Injectable } from '@nestjs/common';
import type { PlaceFeature, PlaceVersion } from '@muckwatch/contract';
import { isDeepStrictEqual } from 'node:util';
import type { Scope } from '../auth/viewer.js';
import { Database } from '../db/database.js';
import { RegistryStore } from '../fleet/registry.store.js';
import { PLACES } from '../fleet/resources.js';
import { noSuch } from '../refusal.js';

const MOST = 500;

/** What places were, by the versions that are judged by. */
@Injectable()
export class ShapeVersionsStore {
  constructor(
    private readonly database: Database,
    private readonly registry: RegistryStore,
  ) {}

  /** Newest first. @throws Refusal 404 for a place that there is not, or that is not this viewer's to see */
  async of(scope: Scope, placeId: string): Promise<PlaceVersion[]> {
    if (!(await this.registry.one(PLACES, scope, placeId))) throw noSuch('place', placeId);
    const { rows } = await this.database.query<VersionRow>(
      `select version, case when isfinite(from_at) then from_at end as from_at, entered_at, entered_by, reason, data from world_versions
       where kind = 'place' and id = $1 order by version desc limit $2`,
      [placeId, MOST],
    );
    return rows.map((row, i) => ({
      version: row.version,
      from: row.from_at?.toISOString() ?? null,
      enteredAt: row.entered_at.toISOString(),
      by: row.entered_by,
      reason: row.reason,
      shapeChanged: !isDeepStrictEqual(row.data?.geometry, rows[i + 1]?.data?.geometry),
      feature: row.data && { ...row.data, properties: { ...row.data.properties, id: placeId } },
    }));
  }
}

interface VersionRow {
  version: number;
  from_at: Date | null;
  entered_at: Date;
  entered_by: string;
  reason: string | null;
  data: PlaceFeature | null;
}
