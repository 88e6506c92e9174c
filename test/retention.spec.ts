import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Audit } from '../apps/server/src/audit/audit.service.js';
import { AuditStore } from '../apps/server/src/audit/audit.store.js';
import { readConfig } from '../apps/server/src/config.js';
import { RetentionService } from '../apps/server/src/intake/retention.service.js';
import { PictureFiles } from '../apps/server/src/media/picture-files.js';
import { openTestDatabase, type TestDatabase } from './support/database.js';

// Files have the time of the disk, and so the rows have it too.
const NOW = Date.now();
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe('what ordinary tables keep', () => {
  let opened: TestDatabase;
  const dataDir = mkdtempSync(join(tmpdir(), 'muck-pictures-'));
  const pictures = new PictureFiles(readConfig({ DATA_DIR: dataDir }), 'sightings');
  const sweep = () => new RetentionService(opened.database, pictures, new Audit(new AuditStore(opened.database))).sweep(NOW);
  const files = () =>
    readdirSync(join(dataDir, 'media/sightings'), { recursive: true, encoding: 'utf8' })
      .map((path) => join(dataDir, 'media/sightings', path))
      .filter((path) => statSync(path).isFile());
  const age = (paths: string[]) => paths.forEach((path) => utimesSync(path, NOW / 1_000 - 7_200, NOW / 1_000 - 7_200));

  beforeAll(async () => {
    opened = await openTestDatabase();
  });
  afterAll(async () => {
    await opened.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('three days of snapshots as checkpoints, of a parked truck the newest however old, of a stranger none older', async () => {
    const { database } = opened;
    for (const [subject, days] of [
      ['driving', 5],
      ['driving', 4],
      ['driving', 1],
      ['parked', 50],
      ['parked', 40],
      ['plate:皖A12345', 4],
      ['plate:皖A12346', 1],
    ] as const) {
      await database.query(`insert into snapshots (subject, hour, at, state) values ($1, $2, $2, '{}')`, [subject, daysAgo(days)]);
    }
    await sweep();
    const { rows } = await database.query<{ kept: string }>(
      `select subject || ' ' || to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as kept from snapshots order by 1`,
    );
    expect(rows.map(({ kept }) => kept)).toEqual([
      `driving ${daysAgo(1).slice(0, 10)}`,
      `parked ${daysAgo(40).slice(0, 10)}`,
      `plate:皖A12346 ${daysAgo(1).slice(0, 10)}`,
    ]);
  });

  it('pictures for 30 days, longer where an alert rests on them, and sightings for 400', async () => {
    const { database } = opened;
    await database.query(`insert into companies (id, name) values ('c1', 'c1')`);
    await database.query(`insert into places (id, kind, name, feature) values ('s1', 'site', 's1', '{}'), ('s2', 'site', 's2', '{}')`);
    await database.query(
      `insert into cameras (id, place_id, name, kind, secret_sha256) values ('gate', 's1', 'gate', 'gate', ''), ('far', 's2', 'far', 'gate', '')`,
    );
    const alert = (id: string, { at = daysAgo(31), place = 's1', truck = null as string | null, plate = null as string | null, sealed = true }) =>
      database.query(
        `insert into alerts (id, rules_version, incident, rule, scope, severity, truck_id, plate, place_id, began, found_at, ended, late, opened_at, lat, lon, evidence, limits,
           summary_zh, summary_en, sealed_at) values ($1, 1, '', 'spill', '-', 'critical', $2, $3, $4, $5, $5, $5, false, $5, 0, 0, '{}', '{}', '', '', $6)`,
        [id, truck, plate, place, at, sealed ? at : null],
      );
    await alert('of t1', { truck: 't1' });
    await alert('of a stranger', { plate: '鄂S9' });
    await alert('elsewhere', { place: 's2', truck: 't3' });
    await alert('an hour later', { truck: 't4', at: daysAgo(31 - 1 / 24) });
    await alert('not sealed', { truck: 't5', sealed: false });

    const hashes: Record<string, string> = {};
    for (const [id, days, truck, plate] of [
      ['fresh', 3, null, null],
      ['evidence of a truck', 31, 't1', '鄂S1'],
      ['evidence of a stranger', 31, null, '鄂S9'],
      ['evidence too, seen a minute later', 31 - 1 / 1_440, 't1', '鄂S1'],
      ['another truck', 31, 't2', '鄂S2'],
      ['alert elsewhere', 31, 't3', '鄂S3'],
      ['alert an hour later', 31, 't4', '鄂S4'],
      ['alert not sealed', 31, 't5', '鄂S5'],
      ['gone', 401, 't1', '鄂S1'],
    ] as const) {
      const picture = await pictures.write({ type: 'image/jpeg', bytes: Buffer.from(id) });
      hashes[id] = picture.sha256;
      await database.query(
        `insert into sightings (camera_id, id, at, heard_at, kind, sighting, truck_id, plate, picture_sha256, picture_type, picture_bytes)
         values ('gate', $1, $2, $2, 'pass', '{}', $3, $4, $5, $6, $7)`,
        [id, daysAgo(days), truck, plate, picture.sha256, picture.type, picture.bytes],
      );
    }
    await pictures.write({ type: 'image/png', bytes: Buffer.from('of a batch that was refused') });
    age(files());
    await pictures.write({ type: 'image/png', bytes: Buffer.from('of a batch that is not committed yet') });

    await sweep();
    await sweep();
    const { rows } = await database.query<{ id: string; sha256: string | null }>('select id, picture_sha256 as sha256 from sightings order by id');
    expect(rows.map(({ id }) => id)).toEqual(
      Object.keys(hashes)
        .filter((id) => id !== 'gone')
        .sort(),
    );
    const kept = ['evidence of a stranger', 'evidence of a truck', 'evidence too, seen a minute later', 'fresh'];
    expect(rows.filter(({ sha256 }) => sha256 !== null)).toEqual(kept.map((id) => ({ id, sha256: hashes[id] })));
    const uncommitted = createHash('sha256').update('of a batch that is not committed yet').digest('hex');
    expect(
      files()
        .map((path) => basename(path))
        .sort(),
    ).toEqual([...kept.map((id) => `${hashes[id]}.jpg`), `${uncommitted}.png`].sort());
  });

  it('nothing of a picture that was half written, and one picture once', async () => {
    const [before] = files();
    writeFileSync(`${before!}.${randomUUID()}.part`, 'half');
    age(files());
    await sweep();
    expect(files().some((path) => path.endsWith('.part'))).toBe(false);

    const bytes = Buffer.from('fresh');
    const again = await pictures.write({ type: 'image/jpeg', bytes });
    expect(files().filter((path) => path.includes(again.sha256))).toHaveLength(1);
    // Written again an hour before the row that names it: it counts as new.
    await opened.database.query('delete from sightings');
    await sweep();
    expect(files().map((path) => basename(path))).toContain(`${again.sha256}.jpg`);
  });

  it('what people were told, answered and asked of trucks for three years after the last word about it, and says what it removed', async () => {
    const { database } = opened;
    const YEARS = 3 * 365 + 2;
    const notice = async (id: string, days: number, permit: string | null = null) => {
      await database.query(
        `insert into notices (id, key, number, version, kind, severity, status, alert_ids, repeats, late, account_id, recipient_name, recipient_role, summary_zh, summary_en,
           began, opened_at, permit) values ($1, $1, $1, 1, 'spill', 'critical', 'open', '{}', 0, false, 'a1', '', 'site-manager', '', '', $2, $2, $3)`,
        [id, daysAgo(days), permit && { id: permit }],
      );
      await database.query(`insert into notice_steps (notice_id, at, step, by) values ($1, $2, 'acknowledge', '')`, [id, daysAgo(days)]);
      await database.query(`insert into notice_photos (notice_id, sha256, type, bytes, at, by) values ($1, $1, 'image/png', 1, $2, '')`, [id, daysAgo(days)]);
      await delivery(`page of ${id}`, id, days);
    };
    const delivery = (id: string, noticeId: string | null, days: number) =>
      database.query(
        `insert into notice_deliveries (id, notice_id, account_id, channel, channel_id, address, telling, severity, urgent, status, queued_at)
         values ($1, $2, 'a1', 'page', 'page', '', 'opened', 'critical', false, 'sent', $3)`,
        [id, noticeId, daysAgo(days)],
      );
    const command = async (id: string, days: number, kind = 'speak', overAt: string | null = null) => {
      await database.query(
        `insert into commands (id, version, kind, status, truck_id, plate, terminal_id, asked_by, asked_at, expires_at, over_at) values ($1, 1, $2, 'done', $1, '', '', '', $3, $3, $4)`,
        [id, kind, daysAgo(days), overAt],
      );
      await database.query(`insert into command_steps (command_id, n, at, status) values ($1, 1, $2, 'queued')`, [id, daysAgo(days)]);
    };
    await database.query(`insert into permits (id, company_id, site_id, yard_ids, truck_ids, route_ids) values ('in-use', 'c1', 's1', '{s2}', '{}', '{}')`);
    for (let n = 0; n < 101; n++) await notice(`old-${n}`, YEARS);
    await notice('within three years', YEARS - 4);
    await notice('answered within three years', YEARS);
    await database.query(`insert into notice_steps (notice_id, at, step, by) values ('answered within three years', $1, 'accept', '')`, [daysAgo(YEARS - 4)]);
    await notice('of a permit in use', YEARS, 'in-use');
    await notice('of a permit that is gone', YEARS, 'gone');
    await delivery('old digest', null, YEARS);
    await delivery('digest', null, 3);
    await command('old word', YEARS);
    await command('word', 3);
    await command('old control', YEARS, 'limit-lift', daysAgo(YEARS));
    await command('control in force', YEARS, 'limit-lift');

    await sweep();
    const left = async (sql: string) => (await database.query<{ id: string }>(`select distinct ${sql} order by 1`)).rows.map(({ id }) => id);
    const kept = ['answered within three years', 'of a permit in use', 'within three years'];
    expect(await left('id from notices')).toEqual(kept);
    for (const table of ['notice_steps', 'notice_photos']) expect([table, await left(`notice_id as id from ${table}`)]).toEqual([table, kept]);
    expect(await left('id from notice_deliveries')).toEqual(['digest', ...kept.map((id) => `page of ${id}`)]);
    for (const ids of ['id from commands', 'command_id as id from command_steps']) expect(await left(ids)).toEqual(['control in force', 'word']);
    const { rows } = await database.query(`select username, action, detail::jsonb as detail from audit_rows`);
    expect(rows).toEqual([{ username: '(server)', action: 'retention', detail: { before: daysAgo(1_096), notices: 102, digests: 1, commands: 2 } }]);
    await sweep();
    expect((await database.query('select from audit_rows')).rowCount).toBe(1);
  });
});
