import { RetentionService } from '../apps/server/src/intake/retention.service.js';
import { openTestDatabase, type TestDatabase } from './support/database.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe('what ordinary tables keep', () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase();
  });
  afterAll(() => opened.close());

  it('three days of snapshots as checkpoints, and of a parked truck the newest however old', async () => {
    const { database } = opened;
    for (const [subject, days] of [
      ['driving', 5],
      ['driving', 4],
      ['driving', 1],
      ['parked', 50],
      ['parked', 40],
    ] as const) {
      await database.query(`insert into snapshots (subject, hour, at, state) values ($1, $2, $2, '{}')`, [subject, daysAgo(days)]);
    }
    await new RetentionService(database).sweep(NOW);
    const { rows } = await database.query<{ kept: string }>(
      `select subject || ' ' || to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as kept from snapshots order by 1`,
    );
    expect(rows.map(({ kept }) => kept)).toEqual([`driving ${daysAgo(1).slice(0, 10)}`, `parked ${daysAgo(40).slice(0, 10)}`]);
  });

  it('pictures for 30 days and sightings for 400', async () => {
    const { database } = opened;
    for (const [id, days] of [
      ['fresh', 3],
      ['old', 31],
      ['gone', 401],
    ] as const) {
      await database.query(
        `insert into sightings (camera_id, id, at, heard_at, kind, sighting, picture, picture_type) values ('gate', $1, $2, $2, 'pass', '{}', '\\xff', 'image/jpeg')`,
        [id, daysAgo(days)],
      );
    }
    await new RetentionService(database).sweep(NOW);
    const { rows } = await database.query('select id, picture is not null as picture from sightings order by id');
    expect(rows).toEqual([
      { id: 'fresh', picture: true },
      { id: 'old', picture: false },
    ]);
  });
});
