import type { Alert, NoticeDetail } from '@muckwatch/contract';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateSync, crc32 } from 'node:zlib';
import { fromBuffer, type ZipFile } from 'yauzl';
import { EvidenceService } from '../apps/server/src/alerts/evidence.service.js';
import { Audit } from '../apps/server/src/audit/audit.service.js';
import { now } from '../apps/server/src/clock.js';
import { type Manifest, sumsOf } from '../apps/server/src/evidence/manifest.js';
import { bytesFile, type PackFile } from '../apps/server/src/evidence/pack-file.js';
import { zipOf } from '../apps/server/src/evidence/pack-zip.js';
import { verifyPack } from '../apps/server/src/evidence/verify-pack.js';
import { PictureFiles } from '../apps/server/src/media/picture-files.js';
import { Street } from './notices/street.js';
import { drive, eastOf, eventually, SECRET, square, times } from './support/city.js';
import { ARTIFACTS } from './support/screens.js';

const has = (tool: string, args: string[]) => {
  const there = spawnSync(tool, args, { stdio: 'ignore' }).error === undefined;
  if (!there) process.stderr.write(`\n######## NO ${tool} FOUND: what it would check of an evidence pack was NOT checked. ########\n\n`);
  return there;
};
const whereItIsUnpacked = has('unzip', ['-v']) && has('sha256sum', ['--version']) ? it : it.skip;
const whereItIsRead = has('pdftotext', ['-v']) ? it : it.skip;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** A picture that tests can tell from another. */
const picture = (red: number) => png(96, 54, (x, y) => [red, Math.floor((x * 255) / 96), Math.floor((y * 255) / 54)]);
const SEEN = picture(200);
const ANSWERED = picture(40);
const MOVING = { ignition: true, loadKg: 16_500, cover: 'open', bed: 'down', bedAngleDeg: 0 };

let street: Street;
let spill: Alert;
let notice: NoticeDetail;
let manager: { id: string; token: string };

/** Loaded at the site, out of it uncovered, its bed up on the road and the load growing lighter: a spill that ends, seen by the gate, told and answered, confirmed and sealed. */
beforeAll(async () => {
  street = await Street.open();
  manager = await street.person('王工', 'site-manager', { placeIds: ['s1'] }).catch(() => street.person('wang', 'site-manager', { placeIds: ['s1'] }));
  await street.call('post', '/cameras').send({ id: 'gate', placeId: 's1', name: '南门', secret: SECRET }).expect(201);
  await street.trucks(['e1']);
  const steps = [
    ...times(4, { ...MOVING, speedKmh: 0 }),
    ...times(10, { ...MOVING, speedKmh: 32 }),
    ...[8, 18, 26, 30, 30, 22].map((bedAngleDeg, i) => ({ ...MOVING, speedKmh: 30 - i, bed: 'raised', bedAngleDeg, loadKg: 16_500 - i * 600 })),
    ...times(6, { ...MOVING, speedKmh: 28, loadKg: 13_000, cover: 'closed' }),
  ];
  const reports = drive({ at: Date.now() - 5_000 * steps.length - 20_000, lon: eastOf(street.siteLon, 100) }, steps);
  // A leap to another city, which nobody believes and which stands in the log all the same.
  reports.splice(20, 0, { ...reports[19]!, time: Number(reports[19]!.time) + 2_000, lat: 32.9 });
  await street.upload('e1', reports);
  spill = (await eventually(
    'the spill is known',
    () => street.alerts('truck=e1&rule=spill'),
    ([one]) => one?.cleared === true,
  ))[0]!; // prettier-ignore
  const gate = await street.device('gate');
  const seen = {
    id: 'p/1',
    kind: 'pass',
    direction: 'out',
    time: spill.began,
    plate: '鄂S-e1',
    plateConfidence: 0.98,
    covered: false,
    coveredConfidence: 0.93,
  };
  const snapshot = { type: 'image/png', data: SEEN.toString('base64') };
  await gate.publishAsync('muck/v1/cameras/gate/sightings', JSON.stringify({ ...seen, snapshot }), { qos: 1 });
  const { id } = await street.noticeOf(spill, manager.id);
  await street.call('post', `/notices/${id}/photos`, manager.token).set('Content-Type', 'image/png').send(ANSWERED).expect(201);
  await street.answer(id, 'rectify', manager.token, { text: '已清扫路面', photos: [sha256(ANSWERED)] }).expect(200);
  notice = await street.notice(id);
  expect((await street.step(spill.id, 'confirm')).status).toBe(200);
  await street.server.app.get(Audit).seal();
}, 180_000);
afterAll(() => street.close());

type Done = (error: Error | null, body: unknown) => void;
const collect = (response: unknown, done: Done) =>
  void buffer(response as NodeJS.ReadableStream).then(
    (bytes) => done(null, bytes),
    (error: Error) => done(error, null),
  );
const path = (id = spill.id) => `/alerts/${encodeURIComponent(id)}/pack`;
async function fetchPack(token?: string): Promise<Buffer> {
  const answer = await street
    .call('get', path(), token)
    .buffer()
    .parse((response, done) => collect(response, done))
    .expect('Content-Type', 'application/zip')
    .expect('Content-Disposition', /^attachment; filename="alert-spill_e1_[\w-]+\.zip"$/)
    .expect(200);
  return answer.body as Buffer;
}

/** What is in a pack, in its order. */
async function unpacked(pack: Buffer): Promise<Map<string, Buffer>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => fromBuffer(pack, { lazyEntries: true }, (error, one) => (one ? resolve(one) : reject(error!))));
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return files;
}
const json = <T>(files: Map<string, Buffer>, name: string) => JSON.parse(files.get(name)!.toString()) as T;
const packed = (files: Map<string, Buffer>) => buffer(zipOf([...files].map(([name, bytes]) => bytesFile(name, '', bytes)), now())); // prettier-ignore
/** As a forger would leave it who knows of SHA256SUMS. */
const resummed = (files: Map<string, Buffer>) => {
  const others: PackFile[] = [...files].filter(([name]) => name !== 'SHA256SUMS').map(([name, bytes]) => bytesFile(name, '', bytes));
  return new Map(files).set('SHA256SUMS', Buffer.from(sumsOf(others)));
};
const faultsOf = async (files: Map<string, Buffer>, held?: string) => (await verifyPack(await packed(files), held)).faults.map(({ what }) => what);

describe('an evidence pack', () => {
  it('holds the alert, its track, series, pictures, notices and versions, as the log and the record have them', async () => {
    const pack = await fetchPack();
    const files = await unpacked(pack);
    expect([...files.keys()]).toEqual([
      ...['README.txt', 'alert.json', 'commands.json', 'manifest.json', 'notices.json'],
      ...[`pictures/${sha256(SEEN)}.png`, `pictures/${sha256(ANSWERED)}.png`].sort(),
      ...[
        'places.geojson',
        'report.pdf',
        'sealed.json',
        'series.csv',
        'sightings.json',
        'track.csv',
        'track.geojson',
        'track.gpx',
        'versions.json',
        'SHA256SUMS',
      ],
    ]);
    const { series, ...shown } = await street.alert(spill.id);
    const { alert, rule, judged } = json<{ alert: object; rule: object; judged: object }>(files, 'alert.json');
    expect(judged).toMatchObject({ sameVersionsToday: true });
    expect(alert).toEqual(shown);
    expect(rule).toMatchObject({ code: 'spill', name: { zh: '抛洒滴漏' }, limits: { raisedDeg: 10 } });
    expect(shown.steps.map(({ by, step }) => [by, step])).toEqual([['admin', 'confirm']]);

    const rows = files.get('series.csv')!.toString().trimEnd().split('\n');
    expect(rows[0]).toBe('\ufeffat (UTC),at (city),speed (km/h),load (kg),load state,bed angle (deg),bed,cover,ignition,late,doubt');
    expect(rows).toHaveLength(series.length + 1);
    expect(series.filter(({ doubt }) => doubt !== null)).toHaveLength(1);
    const highest = series.findIndex(({ bedAngleDeg }) => bedAngleDeg === 30);
    expect(rows[highest + 1]).toMatch(new RegExp(`^${series[highest]!.at},[\\d-]+T[\\d:.]+\\+08:00,27,14700,,30,raised,open,true,`));
    expect(
      files
        .get('track.gpx')!
        .toString()
        .match(/<trkpt /g),
    ).toHaveLength(series.length - 1);
    const track = json<{ features: { geometry: { type: string; coordinates: unknown[] } }[] }>(files, 'track.geojson');
    expect(track.features.map(({ geometry }) => geometry.type)).toEqual(['LineString', ...series.map(() => 'Point')]);

    expect(files.get(`pictures/${sha256(SEEN)}.png`)).toEqual(SEEN);
    expect(json<{ sightings: object[] }>(files, 'sightings.json').sightings).toMatchObject([
      { id: 'p/1', camera: { name: '南门' }, picture: { sha256: sha256(SEEN) } },
    ]);
    expect(json<{ notices: object[] }>(files, 'notices.json').notices).toMatchObject([{ number: notice.number, status: 'rectified' }]);
    const { versions } = json<{ versions: { kind: string; id: string; version: number; data: object }[] }>(files, 'versions.json');
    expect(versions.map(({ kind, id, version }) => `${kind} ${id} ${version}`)).toEqual(
      expect.arrayContaining(['camera gate 1', 'place s1 1', 'place yard-of-s1 1', 'terminal e1 1', 'truck e1 1', expect.stringMatching(/^permit /)]),
    );
    expect(json<{ features: { id: string }[] }>(files, 'places.geojson').features.map(({ id }) => id)).toEqual(['place/s1', 'place/yard-of-s1']);

    const manifest = json<Manifest>(files, 'manifest.json');
    expect(manifest).toMatchObject({
      exporter: { username: 'admin', role: 'admin' },
      alert: { id: spill.id, rule: 'spill', plate: '鄂S-e1', status: 'confirmed' },
      cityTimeZone: 'Asia/Shanghai',
      times: { began: { utc: spill.began, city: expect.stringMatching(/\+08:00$/) } },
      sealed: { sha256: shown.sealed!.sha256, holds: true, current: true, sinceSealing: { fields: [], reports: { added: 0, removed: 0, changed: 0 } } },
      reports: { number: series.length, of: 'log', whole: true },
      missing: [],
    });
    const { lastSeal } = (await street.call('get', '/audit/verify').expect(200)).body;
    expect(manifest.audit.seal).toMatchObject(lastSeal as object);
    expect(await verifyPack(pack)).toMatchObject({ ok: true, files: files.size, sealed: 'holds', faults: [], notes: [], alertId: spill.id });
  });

  whereItIsUnpacked('is good to unzip and sha256sum, and the audit has who took it, with the hash of its manifest', async () => {
    const pack = await fetchPack();
    const folder = mkdtempSync(join(tmpdir(), 'muck-pack-'));
    try {
      writeFileSync(join(folder, 'pack.zip'), pack);
      execFileSync('unzip', ['-t', 'pack.zip'], { cwd: folder });
      execFileSync('unzip', ['-q', 'pack.zip', '-d', 'open'], { cwd: folder });
      const said = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: join(folder, 'open') }).toString();
      expect(said.trim().split('\n')).toHaveLength(readdirSync(join(folder, 'open'), { recursive: true }).length - 2); // but for itself and the folder
      if (has('zip', ['-v'])) {
        execFileSync('zip', ['-qr', '../anew.zip', '.'], { cwd: join(folder, 'open') });
        expect(await verifyPack(join(folder, 'anew.zip'))).toMatchObject({ ok: true });
      }
      const series = join(folder, 'open/series.csv');
      writeFileSync(series, readFileSync(series, 'utf8').replace('raised', 'lowered'));
      expect(spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(folder, 'open') })).toMatchObject({ status: 1, stdout: expect.anything() });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const { manifestSha256 } = await verifyPack(pack);
    const { body } = await street.call('get', '/audit?limit=1&action=pack').expect(200);
    expect(body.items[0]).toMatchObject({
      username: 'admin',
      action: 'GET /api/v1/alerts/:id/pack',
      target: spill.id,
      status: 200,
      detail: { taken: { manifestSha256, missing: 0 } },
    });
  });

  it('is the same bytes each time, but for what says when and by whom it was taken', async () => {
    const [one, two] = [await unpacked(await fetchPack()), await unpacked(await fetchPack())];
    const own = ['manifest.json', 'report.pdf', 'SHA256SUMS'];
    const rest = (files: Map<string, Buffer>) => [...files].filter(([name]) => !own.includes(name)).map(([name, bytes]) => `${sha256(bytes)}  ${name}`);
    expect(rest(one)).toEqual(rest(two));
    const unchanged = (files: Map<string, Buffer>) => ({ ...json<Manifest>(files, 'manifest.json'), exportedAt: null, exporter: null, audit: null });
    expect(unchanged(one)).toEqual(unchanged(two));
    expect(await buffer(zipOf([bytesFile('a', '', SEEN)], 1_795_000_000_000))).toEqual(await buffer(zipOf([bytesFile('a', '', SEEN)], 1_795_000_000_000)));
  });

  whereItIsRead('has a report that says the same, and what a machine recorded and what a person decided', async () => {
    const files = await unpacked(await fetchPack());
    mkdirSync(ARTIFACTS, { recursive: true });
    const file = join(ARTIFACTS, 'evidence.pdf');
    writeFileSync(file, files.get('report.pdf')!);
    const words = execFileSync('pdftotext', ['-layout', file, '-']).toString().replaceAll(/\s+/g, '');
    const says = (text: string) => expect(words).toContain(text.replaceAll(/\s+/g, ''));
    for (const text of ['抛洒滴漏', '鄂S-e1', spill.company!.name, spill.summary.zh, notice.number, '已清扫路面', '抓拍机南门']) says(text);
    says(`${spill.position.lat.toFixed(6)}, ${spill.position.lon.toFixed(6)}`);
    says('线索：机器自动记录');
    says('人工核实：确认');
    expect(words).toMatch(/admin于\d{4}年\d+月\d+日[\d:]{8}核实，确认为违/);
    says('未经审核或者经审核不符合要求的，不得作为行政处罚的证据');
    says('告警与报文均未改变');
    says(json<Manifest>(files, 'manifest.json').sealed!.sha256.slice(0, 40));
    says(sha256(files.get('manifest.json')!).slice(0, 40));
    expect(words).not.toContain('图片无法');
    expect(words).toMatch(/第1页，共2页/);
  });
});

describe('the check of a pack', () => {
  let files: Map<string, Buffer>;
  let pack: Buffer;
  beforeAll(async () => {
    pack = await fetchPack();
    files = await unpacked(pack);
  });
  const flipped = (bytes: Buffer, at = 40) => Buffer.from(bytes).fill(bytes[at]! ^ 1, at, at + 1);
  const with_ = (name: string, bytes: Buffer) => new Map(files).set(name, bytes);
  const without = (name: string) => new Map([...files].filter(([one]) => one !== name));

  it('finds nothing where it was only packed anew', async () => {
    expect(await faultsOf(files)).toEqual([]);
  });

  it.each(['series.csv', 'alert.json', 'places.geojson', 'README.txt'])(
    'names %s where one byte of it was changed, where it is gone, and where it was added',
    async (name) => {
      expect(await faultsOf(with_(name, flipped(files.get(name)!)))).toEqual([`${name} was changed: it has another hash than in SHA256SUMS.`]);
      expect(await faultsOf(without(name))).toEqual([`${name} is missing.`]);
      expect(await faultsOf(with_(`more-${name}`, SEEN))).toEqual([`more-${name} was added.`]);
    },
  );

  it('names the picture where one byte of the ZIP itself was changed', async () => {
    const at = pack.indexOf(SEEN);
    expect(at).toBeGreaterThan(0);
    const { ok, faults } = await verifyPack(flipped(pack, at + 30));
    expect({ ok, files: faults.map(({ file }) => file) }).toEqual({ ok: false, files: [`pictures/${sha256(SEEN)}.png`] });
    expect((await verifyPack(pack.subarray(0, -200))).faults[0]!.what).toContain('The ZIP cannot be read');
  });

  it('is not deceived by a SHA256SUMS that was made anew', async () => {
    const name = 'track.csv';
    expect(await faultsOf(resummed(with_(name, flipped(files.get(name)!))))).toEqual([
      `${name} was changed, and SHA256SUMS with it: manifest.json has another hash or length of it.`,
    ]);
    expect(await faultsOf(resummed(without(name)))).toEqual([`${name} is missing.`]);
    expect(await faultsOf(resummed(with_('more.txt', SEEN)))).toEqual(['more.txt was added, and SHA256SUMS with it: manifest.json has it not.']);
    expect(await faultsOf(without('SHA256SUMS'))).toEqual(['SHA256SUMS is missing.']);
    expect(await faultsOf(without('manifest.json'))).toEqual(['manifest.json is missing.']);
  });

  it('finds a manifest that was made anew by the report, by the seal, and by the hash that the audit has', async () => {
    const manifest = json<Manifest>(files, 'manifest.json');
    const sealed = Buffer.from(files.get('sealed.json')!.toString().replace('鄂S-e1', '鄂S-e2'));
    manifest.files.find(({ name }) => name === 'sealed.json')!.sha256 = sha256(sealed);
    manifest.files.find(({ name }) => name === 'sealed.json')!.bytes = sealed.length;
    const forged = resummed(with_('sealed.json', sealed).set('manifest.json', Buffer.from(JSON.stringify(manifest))));
    expect(await faultsOf(forged, sha256(files.get('manifest.json')!))).toEqual([
      'report.pdf was made with another manifest.json than this one.',
      expect.stringMatching(/^manifest\.json has the hash \w{64}, not \w{64}: it is another pack, or was made anew\.$/),
      `sealed.json does not have the hash it was sealed as, ${manifest.sealed!.sha256}: it was changed since it was sealed.`,
    ]);
  });
});

describe('whoever takes a pack', () => {
  it('sees of it what they see elsewhere', async () => {
    const [stranger, viewer, dispatcher] = [
      await street.person('stranger', 'site-manager', { placeIds: ['yard-of-s1'] }),
      await street.person('looker', 'viewer'),
      await street.person('dispatcher', 'dispatcher', { companyIds: ['c1'] }),
    ];
    await street.call('get', path(), stranger.token).expect(404);
    await street.call('get', path('spill:nobody:-:1')).expect(404);
    await street.call('get', path('a%00b')).expect(404);

    const photo = `pictures/${sha256(ANSWERED)}.png`;
    const own = await unpacked(await fetchPack(manager.token));
    expect(own.has(photo)).toBe(true);
    expect(json<{ features: { id: string }[] }>(own, 'places.geojson').features.map(({ id }) => id)).toEqual(['place/s1']);
    // Notices are no business of those who only look on; a company reads those about its trucks.
    for (const { token } of [viewer, dispatcher]) {
      const files = await unpacked(await fetchPack(token));
      expect(files.has(photo)).toBe(token === dispatcher.token);
      expect(json<{ notices: unknown[] }>(files, 'notices.json').notices.length === 0).toBe(token === viewer.token);
      expect((await verifyPack(await packed(files))).ok).toBe(true);
    }
  });
});

describe('a photo that the truck took', () => {
  it('is in the pack of those who may read what was asked of it, and of nobody else', async () => {
    const { body } = await street.call('post', '/commands').send({ truckId: 'e1', kind: 'capture', alertId: spill.id }).expect(201);
    const taken = picture(120);
    const stored = await street.server.app.get(PictureFiles, { strict: false }).write({ type: 'image/png', bytes: taken });
    // As a reply of the terminal writes it.
    const photo = [body.id, stored.sha256, stored.type, stored.bytes];
    await street.server.database.query('update commands set photo_sha256 = $2, photo_type = $3, photo_bytes = $4 where id = $1', photo);
    const [city, site] = [await unpacked(await fetchPack()), await unpacked(await fetchPack(manager.token))];
    expect(city.get(`pictures/${sha256(taken)}.png`)).toEqual(taken);
    expect(json<{ commands: object[] }>(city, 'commands.json').commands).toEqual([expect.objectContaining({ id: body.id, kind: 'capture' })]);
    expect(site.has(`pictures/${sha256(taken)}.png`)).toBe(false);
    expect(json<{ commands: object[] }>(site, 'commands.json').commands).toEqual([]);
  });
});

describe('a change between sealing and export', () => {
  const manifestOf = async () => json<Manifest>(await unpacked(await fetchPack()), 'manifest.json');
  const sql = (text: string) => street.server.database.query(text, [spill.id]);

  it('of the record or the log is said', async () => {
    await sql(`update alerts set evidence = evidence || '{"maxBedDeg": 9}' where id = $1`);
    await sql(`update reports set speed_kmh = 5 where truck_id = 'e1' and at = (select began from alerts where id = $1)`);
    const pack = await fetchPack();
    expect(json<Manifest>(await unpacked(pack), 'manifest.json').sealed).toMatchObject({
      holds: true,
      sinceSealing: { fields: ['evidence'], reports: { added: 0, removed: 0, changed: 1 } },
    });
    expect(await verifyPack(pack)).toMatchObject({
      ok: true,
      notes: ['Since it was sealed the alert says otherwise: evidence.', 'Since it was sealed 1 report(s) of its stretch were changed.'],
    });
  });

  it('of the versions that it was judged by is said: a zone entered since that reaches back', async () => {
    const zone = square('late-zone', 'no-go', eastOf(street.siteLon, 5_000), 100, { validFrom: '2026-01-01T00:00:00Z' });
    await street.call('post', '/places').send(zone).expect(201);
    expect(json<{ judged: object }>(await unpacked(await fetchPack()), 'alert.json').judged).toMatchObject({ sameVersionsToday: false });
  });

  it('of a log that was thrown away leaves the reports of the seal', async () => {
    const { reports } = await manifestOf();
    await sql(`delete from reports where truck_id = 'e1' and $1 <> ''`);
    const later = await manifestOf();
    expect(later.reports).toEqual({ ...reports, of: 'seal' });
    expect(later.sealed!.sinceSealing.reports).toEqual({ added: 0, removed: reports.number, changed: 0 });
  });

  it('of a picture on the disk is no picture any more', async () => {
    const file = join(street.server.dataDir, 'media/sightings', sha256(SEEN).slice(0, 2), `${sha256(SEEN)}.png`);
    writeFileSync(file, Buffer.from(SEEN).fill(1, 60, 61));
    const files = await unpacked(await fetchPack());
    expect(files.has(`pictures/${sha256(SEEN)}.png`)).toBe(false);
    expect(json<Manifest>(files, 'manifest.json').missing).toMatchObject([{ sha256: sha256(SEEN), why: expect.stringContaining('changed on the disk') }]);
    writeFileSync(file, SEEN);
  });

  it('of the seal itself is a fault', async () => {
    await sql(`update alert_evidence set document = replace(document, '鄂S-e1', '鄂S-e3') where alert_id = $1`);
    const pack = await fetchPack();
    expect(json<Manifest>(await unpacked(pack), 'manifest.json').sealed).toMatchObject({
      holds: false,
      sinceSealing: { fields: ['plate', 'evidence', 'summary'] },
    });
    const { ok, sealed, faults } = await verifyPack(pack);
    expect({ ok, sealed, faults: faults.map(({ file }) => file) }).toEqual({ ok: false, sealed: 'broken', faults: ['sealed.json'] });
  });

  it('cannot be where nothing was sealed: the pack says so', async () => {
    const [open] = await street.happens({ truckId: 'e1', plate: '鄂S-e1' });
    expect(await street.server.app.get(EvidenceService).facts(open!.id)).not.toBeNull();
    const answer = await street.call('get', path(open!.id)).buffer().parse((response, done) => collect(response, done)).expect(200); // prettier-ignore
    expect(await verifyPack(answer.body as Buffer)).toMatchObject({
      ok: true,
      sealed: 'none',
      notes: ['The evidence was not sealed yet when the pack was made.'],
    });
  });
});

/** A PNG of 8-bit RGB. */
function png(width: number, height: number, colour: (x: number, y: number) => [number, number, number]): Buffer {
  const lines = Array.from({ length: height }, (_, y) => Buffer.from([0, ...Array.from({ length: width }, (__, x) => colour(x, y)).flat()]));
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
