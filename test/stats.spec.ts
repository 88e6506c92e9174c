import type { CityOverview, FiguresAnswer, HaulTotals, Heat, PrecisionAnswer, QualityAnswer, ReportPage } from '@muckwatch/contract';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { Weekly } from '../apps/server/src/reports/weekly.service.js';
import { cityTimeZh } from '../apps/server/src/paper/city-time-zh.js';
import { cellWords, weeklyTables } from '../apps/server/src/reports/weekly-tables.js';
import { Counting } from '../apps/server/src/stats/counting.service.js';
import { City, eastOf, eventually, LAT, square } from './support/city.js';
import { whereItIsRead, wordsOf } from './support/paper.js';
import { ARTIFACTS } from './support/screens.js';
import { startTestServer } from './support/server.js';
import { bytes } from './support/bytes.js';

/**
 * A week of two companies that was counted by hand: c1 has left with three loads from s1 (two delivered, of one the box unknown, one dumped) and spilt twice, c2 with two from s2
 * (one delivered, one refused) and sped three times, once for sure. The week before there was one load and one spill.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let city: City;
let week: { from: number; to: number; name: string };

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['q1', 'q2'], 'c1');
  await city.trucks(['q3'], 'c2');
  await city.trucks(['q4'], 'c3');
  await city.call('patch', '/trucks/q1').send({ boxM3: 10 }).expect(200);
  await city.call('patch', '/trucks/q3').send({ boxM3: 20 }).expect(200);
  const validFrom = '2026-01-01T00:00:00Z';
  const places = [
    square('s1', 'site', 113.2, 200, { validFrom }),
    square('s2', 'site', 113.3, 200, { validFrom }),
    square('s3', 'site', 113.4, 200, { validFrom, validTo: '2026-01-02T00:00:00Z' }),
    square('l1', 'parking-lot', 113.5, 200, { validFrom }),
  ];
  for (const place of places) await city.call('post', '/places').send(place).expect(201);
  const { period } = await read<CityOverview>('overview');
  week = { from: Date.parse(period.from), to: Date.parse(period.to), name: isoWeek(Date.parse(period.from) + 8 * HOUR) };
  await seed();
});
afterAll(() => city.close());

const read = async <T>(what: string, token?: string, period = 'last-week'): Promise<T> =>
  (await city.call('get', `/stats/${what}?period=${period}`, token).expect(200)).body as T;

function isoWeek(monday: number): string {
  const thursday = new Date(monday + 3 * DAY);
  const days = (thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY;
  return `${thursday.getUTCFullYear()}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

const at = (hours: number) => new Date(week.from + hours * HOUR).toISOString();

interface Told {
  rule: string;
  truck: string;
  company: string;
  site?: string;
  hours: number;
  status?: string;
  ended?: boolean;
  contradicted?: boolean;
  why?: string;
  lookedAtAfterS?: number;
  snoozed?: boolean;
  /** Came back after it was decided. */
  changed?: boolean;
}

async function alert({
  rule,
  truck,
  company,
  site,
  hours,
  status = 'open',
  ended,
  contradicted,
  why,
  lookedAtAfterS,
  snoozed = false,
  changed,
}: Told): Promise<void> {
  const id = `${rule}:${truck}:-:${week.from + hours * HOUR}`;
  await city.server.database.query(
    `insert into alerts (id, rules_version, incident, rule, scope, severity, truck_id, company_id, site_id, began, ended, late, contradicted_at, contradicted_reason,
       contradicted_reason_zh, opened_at, found_at, lat, lon, evidence, limits, summary_zh, summary_en, status, decided_why, snoozed, changed_at)
     values ($1, 1, $1, $2, '-', 'serious', $3, $4, $5, $6, $7, false, $8, 'x', 'x', $6, $6, 31, 113, '{}', '{}', 'x', 'x', $9, $10, $11, $12)`,
    [
      id,
      rule,
      truck,
      company,
      site ?? null,
      at(hours),
      ended ? at(hours + 0.1) : null,
      contradicted ? at(hours + 1) : null,
      status,
      why ?? null,
      snoozed,
      changed ? at(hours + 1) : null,
    ],
  );
  if (lookedAtAfterS === undefined) return;
  await city.server.database.query(`insert into alert_steps (alert_id, at, by, step) values ($1, $2, 'x', 'acknowledge')`, [
    id,
    at(hours + lookedAtAfterS / 3_600),
  ]);
}

async function haul(id: string, truck: string, company: string, site: string, hours: number, more: { dumped?: boolean; refused?: boolean; lost?: boolean }) {
  const { dumped = false, refused = false, lost = false } = more;
  await city.server.database.query(
    `insert into hauls (id, truck_id, company_id, site_id, departed_at, unloaded_at, ended, distance_km, inferred, contradicted_at) values ($1, $2, $3, $4, $5, $6, $7, 9, false, $8)`,
    [id, truck, company, site, at(hours), at(hours + 1), dumped ? 'dumped' : 'delivered', lost ? at(hours + 2) : null],
  );
  if (refused) await city.server.database.query(`insert into haul_refusals (haul_id, at, by, reason) values ($1, $2, 'x', 'x')`, [id, at(hours + 1)]);
}

async function notice(id: string, status: string): Promise<void> {
  await city.server.database.query(
    `insert into notices (id, key, number, version, kind, severity, status, alert_ids, repeats, late, account_id, recipient_name, recipient_role, truck_id, company_id,
       summary_zh, summary_en, began, opened_at)
     values ($1, $1, $1, 1, 'spill', 'serious', $2, '{}', 0, false, 'x', 'x', 'dispatcher', 'q1', 'c1', 'x', 'x', $3, $3)`,
    [id, status, at(30)],
  );
  if (status === 'rectified')
    await city.server.database.query(`insert into notice_steps (notice_id, at, step, by) values ($1, $2, 'rectify', 'x')`, [id, at(31)]);
}

async function seed(): Promise<void> {
  await haul('h1', 'q1', 'c1', 's1', 20, {});
  await haul('h2', 'q2', 'c1', 's1', 21, {});
  await haul('h3', 'q3', 'c2', 's2', 22, {});
  await haul('h4', 'q3', 'c2', 's2', 45, { refused: true });
  await haul('h5', 'q1', 'c1', 's1', 46, { dumped: true });
  await haul('h6', 'q1', 'c1', 's1', 47, { lost: true });
  await haul('h7', 'q1', 'c1', 's1', 20 - 168, {});
  const spill = { rule: 'spill', truck: 'q1', company: 'c1', site: 's1', status: 'confirmed' };
  await alert({ ...spill, hours: 20.5, ended: true, lookedAtAfterS: 60 });
  await alert({ ...spill, hours: 46.5, lookedAtAfterS: 120 });
  await alert({ ...spill, hours: 20.5 - 168, ended: true });
  const fast = { rule: 'speeding', truck: 'q3', company: 'c2', ended: true };
  await alert({ ...fast, hours: 22.1, status: 'dismissed', why: '限速有误', lookedAtAfterS: 180 });
  await alert({ ...fast, hours: 22.4, status: 'dismissed', why: '限速有误' });
  await alert({ ...fast, hours: 22.7, status: 'confirmed' });
  await alert({ ...fast, hours: 22.9, status: 'confirmed', contradicted: true });
  await alert({ rule: 'uncovered-load', truck: 'q1', company: 'c1', site: 's1', hours: 46.2 });
  // Weeks ago: what was snoozed waits for nobody, what came back after a decision does.
  await alert({ rule: 'speeding', truck: 'q2', company: 'c1', hours: -400, snoozed: true });
  await alert({ rule: 'speeding', truck: 'q1', company: 'c1', hours: -400, status: 'dismissed', contradicted: true, changed: true });
  await notice('n1', 'rectified');
  await notice('n2', 'open');
  await notice('n3', 'withdrawn');
}

describe('a week that was counted by hand', () => {
  it('has the loads, the alerts and the answers that it had, against the week before', async () => {
    const said = await read<CityOverview>('overview');
    expect(said).toMatchObject({
      open: { critical: 0, serious: 2, minor: 0 },
      alerts: { now: 6, before: 1 },
      confirmed: { now: 3, before: 1 },
      loads: { now: 5, before: 1 },
      volumeM3: { now: 40, before: 10 },
      estimatedLoads: 1,
      response: { now: { count: 3, waiting: 3, medianS: 120, p95S: 174 }, before: { count: 0, waiting: 1, medianS: null, p95S: null } },
      byRule: [
        { rule: 'speeding', now: 3, before: 0 },
        { rule: 'spill', now: 2, before: 1 },
        { rule: 'uncovered-load', now: 1, before: 0 },
      ],
    });
    const day = (hours: number) => new Date(week.from + 8 * HOUR + hours * HOUR).toISOString().slice(0, 10);
    expect(said.byHour).toEqual([
      { day: day(20), hour: 20, alerts: 1 },
      { day: day(22), hour: 22, alerts: 3 },
      { day: day(46), hour: 22, alerts: 2 },
    ]);
  });

  it('ranks who spills most of what they haul', async () => {
    const { companies, sites } = await read<CityOverview>('overview');
    expect(companies).toMatchObject([
      { id: 'c1', loads: 3, volumeM3: 20, alerts: 3, confirmed: 2, spilt: 2, confirmedPer100: 66.7, spiltPer100: 66.7 },
      { id: 'c2', loads: 2, volumeM3: 20, alerts: 3, confirmed: 1, spilt: 0, confirmedPer100: 50, spiltPer100: 0 },
    ]);
    expect(sites.map(({ id, loads, confirmed }) => [id, loads, confirmed])).toEqual([
      ['s1', 3, 2],
      ['s2', 2, 0],
    ]);
  });

  it('says how right a rule was, and that too few were looked at', async () => {
    const { items } = await read<PrecisionAnswer>('precision');
    expect(items[0]).toMatchObject({ rule: 'speeding', confirmed: 1, dismissed: 2, contradicted: 1, undecided: 0, few: true });
    expect(items[0]!.precision).toBeCloseTo(1 / 3);
    expect([items[0]!.low, items[0]!.high]).toEqual([expect.closeTo(0.0615, 3), expect.closeTo(0.7923, 3)]);
    expect(items[0]!.reasons).toEqual([{ reason: '限速有误', count: 2 }]);
  });

  it('has every figure with what it is a share of', async () => {
    const { items } = await read<FiguresAnswer>('figures');
    expect(items.map(({ id, value, numerator, denominator, estimated }) => [id, value, numerator, denominator, estimated])).toEqual([
      ['sites', 2, 2, 3, null],
      ['lots', 1, 1, 1, null],
      ['rectified', 2, 1, 2, null],
      ['cleared', 1, 1, 2, null],
      ['volume', 40, 3, 5, 1],
    ]);
  });

  it('lists what a figure counts', async () => {
    const within = `from=${at(0)}&to=${at(168)}`;
    const count = async (path: string) => ((await city.call('get', `${path}&${within}`).expect(200)).body as { items: unknown[] }).items.length;
    expect(await count('/notices?orders=true')).toBe(2);
    expect(await count('/notices?orders=false')).toBe(1);
    expect(await count('/alerts?status=confirmed&rule=spill&contradicted=false&ended=true')).toBe(1);
    expect(await count('/alerts?status=confirmed&rule=spill&contradicted=false&ended=false')).toBe(1);
  });

  it('counts where it happened what stands, for whose it is, in one stretch', async () => {
    const heat = async (rules: string, token?: string) => {
      const { body } = await city.call('get', `/stats/heat?rules=${rules}&from=${at(0)}&to=${at(168)}`, token).expect(200);
      return body as Heat;
    };
    expect((await heat('spill,uncovered-load')).items).toEqual([{ lat: 31, lon: 113, count: 3, confirmed: 2 }]);
    expect(await heat('speeding')).toMatchObject({ count: 1, left: 0, items: [{ count: 1, confirmed: 1 }] });
    const { token } = await city.person('heat-c2', 'dispatcher', { companyIds: ['c2'] });
    expect(await heat('spill,uncovered-load', token)).toMatchObject({ count: 0, items: [] });
    expect(await heat('speeding', token)).toMatchObject({ count: 1 });
    await city.call('get', `/stats/heat?from=${at(0)}&to=${at(100 * 24)}`).expect(400);
    await city.call('get', `/stats/heat?rules=spil&from=${at(0)}&to=${at(168)}`).expect(400);
  });

  it('has no volume, rather than none, where of no truck the box is known', async () => {
    const boxes = (q1: number | null, q3: number | null) =>
      city.server.database.query(`update trucks set box_m3 = case id when 'q1' then $1::float8 when 'q3' then $2::float8 end`, [q1, q3]);
    await boxes(null, null);
    const said = await read<CityOverview>('overview');
    const figures = await read<FiguresAnswer>('figures');
    const hauls = (await city.call('get', `/hauls/totals?from=${at(0)}&to=${at(168)}`).expect(200)).body as HaulTotals;
    await boxes(10, 20);
    expect(said).toMatchObject({ loads: { now: 5 }, volumeM3: { now: null, before: null } });
    expect(said.companies.map(({ volumeM3 }) => volumeM3)).toEqual([null, null]);
    expect(figures.items.find(({ id }) => id === 'volume')).toMatchObject({ value: null, numerator: 3, denominator: 5 });
    expect(hauls).toMatchObject({ volumeM3: null, takenM3: null });
  });

  it('is to a company its own', async () => {
    const { token } = await city.person('dispatcher-c2', 'dispatcher', { companyIds: ['c2'] });
    const said = await read<CityOverview>('overview', token);
    expect(said).toMatchObject({ alerts: { now: 3, before: 0 }, loads: { now: 2 }, volumeM3: { now: 20 }, estimatedLoads: 0, open: { serious: 0 } });
    expect(said.companies.map(({ id }) => id)).toEqual(['c2']);
    const { items } = await read<FiguresAnswer>('figures', token);
    expect(items.find(({ id }) => id === 'rectified')).toMatchObject({ numerator: 0, denominator: 0, share: null });
    const nobody = await city.person('elsewhere', 'site-manager', { placeIds: ['l1'] });
    expect(await read<CityOverview>('overview', nobody.token)).toMatchObject({ alerts: { now: 0 }, loads: { now: 0 }, companies: [], sites: [] });
  });
});

describe('a weekly report', () => {
  const file = async (format: string, token?: string, name = week.name): Promise<Buffer> => {
    const answer = await city.call('get', `/reports/weekly?week=${name}&format=${format}`, token).buffer().parse(bytes).expect(200);
    return answer.body as Buffer;
  };
  /** What stands in its sheets: numbers as numbers. */
  const sheets = (xlsx: Buffer) => {
    const files = unzipSync(xlsx);
    return Object.keys(files)
      .filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name))
      .sort((a, b) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)))
      .map((name) => [...strFromU8(files[name]!).matchAll(/<c ([^>]*)>\s*<v>([^<]*)<\/v>/g)])
      .map((cells) => cells.filter(([, attributes]) => !/t="(?:s|inlineStr)"/.test(attributes!)).map(([, , value]) => Number(value)));
  };
  /** The tables as the pages would say them. */
  const tables = async () => {
    const [overview, precision, quality, figures] = [
      await read<CityOverview>('overview'),
      await read<PrecisionAnswer>('precision'),
      await read<QualityAnswer>('quality'),
      await read<FiguresAnswer>('figures'),
    ];
    return weeklyTables({ week: week.name, madeAt: overview.at, overview, precision, quality, figures });
  };
  /** Their numbers. */
  const pages = async () =>
    (await tables()).map(({ rows }) => rows.flat().flatMap((cell) => (cell !== null && typeof cell === 'object' && cell.value !== null ? [cell.value] : [])));

  it('is made on Monday at 07:00, once, and says the numbers of the page', async () => {
    const weekly = city.server.app.get(Weekly);
    const list = async () => ((await city.call('get', '/reports').expect(200)).body as ReportPage).items.map((row) => row.week);
    await weekly.round(week.to + 7 * HOUR - 1_000);
    expect(await list()).not.toContain(week.name);
    await weekly.round(week.to + 7 * HOUR + 1_000);
    await weekly.round(week.to + 8 * HOUR);
    expect((await list()).filter((name) => name === week.name)).toHaveLength(1);

    const [said, shown] = [sheets(await file('xlsx')), await pages()];
    expect(said).toEqual(shown);
    expect(said[1]).toEqual(expect.arrayContaining([40, 3, 5]));
    const texts = Object.values(unzipSync(await file('xlsx')))
      .map((part) => strFromU8(part))
      .join('');
    expect(texts).toContain(`${week.name} · ${cityTimeZh(week.from, () => 480)} 至 ${cityTimeZh(week.to, () => 480)}`);
    const pdf = await file('pdf');
    await mkdir(ARTIFACTS, { recursive: true });
    await writeFile(join(ARTIFACTS, 'weekly.pdf'), pdf);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
  });

  whereItIsRead('says on paper, row by row, the numbers of the page', async () => {
    const plain = (text: string) => text.replaceAll(/\s+/g, '');
    const lines = wordsOf(await file('pdf'))
      .split('\n')
      .map(plain);
    let numbers = 0;
    for (const { title, rows } of await tables()) {
      let line = lines.indexOf(plain(title));
      expect({ title, line }).not.toEqual({ title, line: -1 });
      for (const row of rows) {
        // A name that is too long for its column goes on below: its beginning stands on the line with the numbers.
        const [name, ...said] = row.map(cellWords).map(plain);
        line = lines.findIndex((words, i) => i > line && words.startsWith(name!.slice(0, 4)) && words.endsWith(said.join('')));
        expect({ title, name, said, line }).not.toEqual({ title, name, said, line: -1 });
        numbers += row.filter((cell) => cell !== null && typeof cell === 'object' && cell.value !== null).length;
      }
    }
    expect(numbers).toBeGreaterThan(40);
  });

  it('keeps its numbers when people decide later, and is to a company its own', async () => {
    await city.server.database.query(`update alerts set status = 'confirmed' where rule = 'uncovered-load'`);
    expect((await read<CityOverview>('overview')).confirmed.now).toBe(4);
    expect(sheets(await file('xlsx'))[0]).toEqual(expect.arrayContaining([3]));
    expect(sheets(await file('xlsx'))[0]!.slice(2, 4)).toEqual([3, 1]);
    const { token } = await city.person('dispatcher-c1', 'dispatcher', { companyIds: ['c1'] });
    expect(sheets(await file('xlsx', token))[0]!.slice(0, 4)).toEqual([3, 1, 3, 1]);
  });

  it('is refused for a week that there is not or that has not begun', async () => {
    await city.call('get', '/reports/weekly?week=2026-W60').expect(400);
    await city.call('get', '/reports/weekly?week=2027-W53').expect(404);
    await city.call('get', '/reports/weekly?week=2099-W01').expect(404);
  });

  it('is recorded in the audit as what was taken away', async () => {
    const { body } = await city.call('get', '/audit?limit=50').expect(200);
    expect(JSON.stringify(body)).toContain('/reports/weekly');
  });
});

describe('how good the data are', () => {
  const lon = 113.8;
  /** A report each half minute; `metres` east of where it began. */
  const say = (minute: number, metres: number, more: object = {}) => ({
    time: week.from + 34 * HOUR + minute * 60_000,
    lat: LAT,
    lon: eastOf(lon, metres),
    speedKmh: 60,
    accuracyM: 5,
    ...more,
  });
  const ofQ4 = async () => {
    await city.server.app.get(Counting).round(Date.now());
    const { terminals, companies, city: whole } = await read<QualityAnswer>('quality');
    return { terminal: terminals.find(({ id }) => id === 'q4'), company: companies.find(({ id }) => id === 'c3'), whole };
  };

  it('says nothing of trucks before the first hour is counted', async () => {
    const { rows } = await city.server.database.query<{ until: Date }>('delete from truck_hours_until returning until');
    const said = await read<QualityAnswer>('quality');
    if (rows[0]) await city.server.database.query('insert into truck_hours_until (until) values ($1)', [rows[0].until.toISOString()]);
    expect(said).toMatchObject({ until: null, companies: [], terminals: [] });
    expect(said.city.metrics.inNetwork).toEqual({ n: 0, d: 0, share: null });
  });

  it('counts kilometres with and without gaps, doubts and what sensors do not say, and counts again what comes late', async () => {
    // Five kilometres in legs of one, a gap of three, two more in the next hour.
    const legs = [0, 1, 2, 3, 4, 5].map((minute) => say(minute, minute * 1_000));
    await city.upload('q4', [
      ...legs,
      say(9, 8_000, { cover: 'closed', bed: 'fault', loadState: 'fault' }),
      say(59, 9_000, { accuracyM: 900 }),
      say(60, 9_000),
      say(61, 10_000),
    ]);
    const first = await eventually('it is counted', ofQ4, ({ terminal }) => terminal?.reports === 10);
    // The fix of 900 m is doubted. From minute 9 to 60 it moved a kilometre: that is a gap too.
    const { metrics } = first.terminal!;
    expect(metrics.complete).toEqual({ n: expect.closeTo(6, 1), d: expect.closeTo(10, 1), share: expect.closeTo(0.6, 2) });
    expect(metrics.valid).toEqual({ n: 9, d: 10, share: 0.9 });
    expect(metrics.sensorUnknown).toEqual({ n: 29, d: 30, share: expect.closeTo(29 / 30) });
    expect(first.terminal).toMatchObject({ name: '鄂S-q4', company: '公司 c3', onlineMinutes: 9 });
    expect(first.company!.metrics).toMatchObject({ inNetwork: { n: 1, d: 1 }, online: { n: 1, d: 1 }, drift: { n: 0, d: 1 } });
    expect(first.whole.metrics.inNetwork).toMatchObject({ n: 1, d: 4 });

    await city.upload('q4', [say(6, 6_000), say(7.5, 7_000)]);
    const after = await eventually('what came late is counted', ofQ4, ({ terminal }) => terminal?.reports === 12);
    expect(after.terminal!.metrics.complete).toEqual({ n: expect.closeTo(9, 1), d: expect.closeTo(10, 1), share: expect.closeTo(0.9, 2) });
    expect(after.terminal!.metrics.late).toMatchObject({ n: 2, d: 12 });
  });

  it('says when the platform was there', async () => {
    const counting = city.server.app.get(Counting);
    const now = Date.now();
    await city.server.database.query('truncate platform_stretches');
    expect((await read<QualityAnswer>('quality')).platform).toEqual({ n: 0, d: 0, share: null });
    await city.server.database.query(
      `insert into platform_stretches values ($1, $2)`,
      [new Date(now - HOUR), new Date(now - HOUR / 2)].map((d) => d.toISOString()),
    );
    await counting.beat(now);
    await counting.beat(now + 30_000);
    const { platform, period } = await read<QualityAnswer>('quality', undefined, 'month');
    // Half of the last hour; where the month has begun within it there is less of it.
    const minutesSince = (time: number) => Math.round((Date.parse(period.to) - Math.max(Date.parse(period.from), time)) / 60_000);
    expect(platform.d).toBe(minutesSince(now - HOUR));
    expect(platform.n).toBeGreaterThanOrEqual(platform.d - minutesSince(now - HOUR / 2) - 1);
    expect(platform.n).toBeLessThanOrEqual(platform.d - minutesSince(now - HOUR / 2) + 1);
    const { rows } = await city.server.database.query('select * from platform_stretches');
    expect(rows).toHaveLength(2);
  });
});
