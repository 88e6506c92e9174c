import { Injectable } from '@nestjs/common';
import type { LastSightings, SightingQuery, SightingResource } from '@muckwatch/contract';
import { plateKey, type Sighted } from '@muckwatch/domain';
import { type Scope, within } from '../auth/viewer.js';
import { iso } from '../clock.js';
import { Database } from '../db/database.js';
import type { StoredPicture } from '../media/picture-files.js';
import { afterCursor, asked, cursorOf } from './cursor.js';

/** What cameras saw, for people. */
@Injectable()
export class SightingStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(scope: Scope, query: SightingQuery): Promise<{ items: SightingResource[]; nextCursor: string | null }> {
    const params: unknown[] = [];
    const say = (value: unknown) => `$${params.push(value)}`;
    const conditions = [visible(scope, params)];
    if (query.truck) conditions.push(`s.truck_id = ${say(query.truck)}`);
    if (query.camera) conditions.push(`s.camera_id = ${say(query.camera)}`);
    if (query.place) conditions.push(`s.camera_id = any(array(select id from cameras where place_id = ${say(query.place)}))`);
    if (query.plate) conditions.push(`s.plate_key = ${say(plateKey(query.plate))}`);
    if (query.from) conditions.push(`s.at >= ${say(iso(asked(query.from)))}`);
    if (query.to) conditions.push(`s.at < ${say(iso(asked(query.to)))}`);
    if (query.cursor) {
      const after = afterCursor(query.cursor);
      const [camera, id] = idsOf(after.id);
      conditions.push(`(s.at, s.camera_id, s.id) < (${say(after.at)}::timestamptz, ${say(camera)}, ${say(id)})`);
    }
    const { rows } = await this.database.query<SightingRow>(
      `${SELECT} where ${conditions.join(' and ')} order by s.at desc, s.camera_id desc, s.id desc limit ${say(query.limit + 1)}`,
      params,
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(sightingOf), nextCursor: rows.length > page.length && last ? cursorOf(last.at, namedBy(last)) : null };
  }

  /** Of each camera in use its newest sighting: one step into the index a camera. A camera is no company's business. */
  async last(scope: Scope): Promise<LastSightings> {
    const params: unknown[] = [];
    const { rows } = await this.database.query<{ camera: string; at: Date | null }>(
      `select c.id as camera, (select s.at from sightings s where s.camera_id = c.id order by s.at desc limit 1) as at
       from cameras c left join places p on p.id = c.place_id
       where not c.retired and ${within(scope, { place: 'c.place_id', district: 'p.district_id' }, params)} order by c.id`,
      params,
    );
    return { items: rows.map(({ camera, at }) => ({ camera, at: at && at.toISOString() })) };
  }

  /** What is known of a sighting's picture; null where there is none, and where there is none that this viewer may see. */
  async picture(scope: Scope, camera: string, id: string): Promise<StoredPicture | null> {
    if ((camera + id).includes('\u0000')) return null;
    const params: unknown[] = [camera, id];
    const { rows } = await this.database.query<SightingRow>(`${SELECT} where s.camera_id = $1 and s.id = $2 and ${visible(scope, params)}`, params);
    return rows[0] ? pictureOf(rows[0]) : null;
  }
}

const SELECT = `select s.camera_id, s.id, s.at, s.heard_at, s.sighting, s.truck_id, s.picture_sha256, s.picture_type, s.picture_bytes,
    c.name as camera_name, c.place_id, p.name as place_name, t.plate as truck_plate
  from sightings s left join cameras c on c.id = s.camera_id left join places p on p.id = c.place_id left join trucks t on t.id = s.truck_id`;

/** A place and its district see what their cameras saw, a company what was seen of its trucks. */
function visible(scope: Scope, params: unknown[]): string {
  return within(scope, { company: 't.company_id', place: 'c.place_id', district: 'p.district_id' }, params);
}

interface SightingRow {
  camera_id: string;
  id: string;
  at: Date;
  heard_at: Date;
  sighting: Sighted & { snapshotUrl: string | null };
  truck_id: string | null;
  picture_sha256: string | null;
  picture_type: StoredPicture['type'] | null;
  picture_bytes: number | null;
  camera_name: string | null;
  place_id: string | null;
  place_name: string | null;
  truck_plate: string | null;
}

function sightingOf(row: SightingRow): SightingResource {
  const { kind, direction, confidence, plate, plateConfidence, covered, coveredConfidence, wheelsClean, wheelsCleanConfidence, snapshotUrl } = row.sighting;
  const picture = pictureOf(row);
  return {
    id: row.id,
    camera: { id: row.camera_id, name: row.camera_name ?? row.camera_id },
    place: row.place_id === null ? null : { id: row.place_id, name: row.place_name ?? row.place_id },
    at: row.at.toISOString(),
    heardAt: row.heard_at.toISOString(),
    kind,
    direction,
    confidence,
    truck: row.truck_id === null ? null : { id: row.truck_id, plate: row.truck_plate ?? row.truck_id },
    plate,
    plateConfidence,
    covered,
    coveredConfidence,
    wheelsClean,
    wheelsCleanConfidence,
    // An update may bring another picture: only an address that names it is for ever.
    picture: picture && { url: `/api/v1/sightings/${row.camera_id}/${encodeURIComponent(row.id)}/picture?sha256=${picture.sha256}`, ...picture },
    snapshotUrl,
  };
}

function pictureOf({ picture_sha256: sha256, picture_type: type, picture_bytes: bytes }: SightingRow): StoredPicture | null {
  return sha256 === null || type === null || bytes === null ? null : { sha256, type, bytes };
}

/** An id of a camera's own may hold blanks, which a cursor may not. */
function namedBy({ camera_id, id }: SightingRow): string {
  return `${camera_id}/${encodeURIComponent(id)}`;
}

function idsOf(name: string): [camera: string, id: string] {
  const [camera = '', id = ''] = name.split('/');
  try {
    return [camera, decodeURIComponent(id).replaceAll('\u0000', '\ufffd')];
  } catch {
    return [camera, id]; // no cursor of ours: any place in the list will do
  }
}
