import { Injectable } from '@nestjs/common';
import { iso } from '../clock.js';
import type { Queryable } from '../db/queryable.js';
import { PictureFiles, type StoredPicture } from '../media/picture-files.js';
import type { LoggedSighting } from './entry.js';

/** A sighting whose picture is on the disk. */
export interface SightingRow extends LoggedSighting {
  heardAt: number;
  stored: StoredPicture | null;
}

/** Sightings as rows, and their pictures as files. */
@Injectable()
export class SightingLog {
  constructor(private readonly pictures: PictureFiles) {}

  /** Before the transaction: one row a sighting, in the order of the keys, and every picture a file that the row may name. */
  async prepare(heard: (LoggedSighting & { heardAt: number })[]): Promise<SightingRow[]> {
    const byKey = new Map<string, LoggedSighting & { heardAt: number }>();
    for (const one of heard) {
      const key = `${one.sighting.camera} ${one.sighting.id}`;
      byKey.set(key, updated(byKey.get(key), one));
    }
    const rows = [...byKey.keys()].sort().map((key) => byKey.get(key)!);
    return Promise.all(rows.map(async (row) => ({ ...row, stored: row.sighting.picture && (await this.pictures.write(row.sighting.picture)) })));
  }

  async write(client: Queryable, rows: SightingRow[]): Promise<void> {
    await client.query(UPSERT, [
      rows.map(({ sighting }) => sighting.camera),
      rows.map(({ sighting }) => sighting.id),
      rows.map(({ sighting }) => iso(sighting.at)),
      rows.map(({ heardAt }) => iso(heardAt)),
      rows.map(({ sighting }) => sighting.kind),
      rows.map(({ sighting }) => sighting.plate),
      rows.map(({ plateKey }) => plateKey),
      rows.map(({ truckId }) => truckId),
      rows.map(({ sighting: { picture: _, ...rest } }) => JSON.stringify(rest)),
      rows.map(({ stored }) => stored?.sha256 ?? null),
      rows.map(({ stored }) => stored?.type ?? null),
      rows.map(({ stored }) => stored?.bytes ?? null),
    ]);
  }
}

/**
 * What is not said again stays: the picture, and the plate with all that was made of it. Frigate ends a passage with the object as it knows it,
 * which may lack a plate that it has told a moment ago on its other topic.
 */
function updated<S extends LoggedSighting>(before: S | undefined, after: S): S {
  if (!before) return after;
  const picture = after.sighting.picture ?? before.sighting.picture;
  if (after.sighting.plate !== null) return { ...after, sighting: { ...after.sighting, picture } };
  const { plate, plateConfidence } = before.sighting;
  return { ...after, truckId: before.truckId, plateKey: before.plateKey, sighting: { ...after.sighting, plate, plateConfidence, picture } };
}

// As `updated` does it, with what stands in the table.
const UPSERT = `
  insert into sightings (camera_id, id, at, heard_at, kind, plate, plate_key, truck_id, sighting, picture_sha256, picture_type, picture_bytes)
  select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::text[], $11::text[], $12::int[])
  on conflict (camera_id, id) do update set at = excluded.at, heard_at = excluded.heard_at, kind = excluded.kind,
    plate = coalesce(excluded.plate, sightings.plate),
    plate_key = case when excluded.plate is null then sightings.plate_key else excluded.plate_key end,
    truck_id = case when excluded.plate is null then sightings.truck_id else excluded.truck_id end,
    sighting = case when excluded.plate is not null or sightings.plate is null then excluded.sighting
      else excluded.sighting || jsonb_build_object('plate', sightings.plate, 'plateConfidence', sightings.sighting->'plateConfidence') end,
    picture_sha256 = coalesce(excluded.picture_sha256, sightings.picture_sha256),
    picture_type = coalesce(excluded.picture_type, sightings.picture_type),
    picture_bytes = coalesce(excluded.picture_bytes, sightings.picture_bytes),
    picture_kept = sightings.picture_kept and excluded.picture_sha256 is null`;
