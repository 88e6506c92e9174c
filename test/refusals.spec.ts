import request from 'supertest';
import { City } from './support/city.js';
import { startTestServer } from './support/server.js';

let city: City;

beforeAll(async () => {
  city = new City(await startTestServer());
  await city.trucks(['t1']);
});
afterAll(() => city.close());

const ask = (method: 'get' | 'post' | 'put', path: string, language: string | null) => {
  const asked = city.call(method, path);
  return language === null ? asked : asked.set('Accept-Language', language);
};
const square = (lon: number) => [
  [lon, 31],
  [lon + 0.01, 31],
  [lon + 0.01, 31.01],
  [lon, 31.01],
  [lon, 31],
];
const place = (id: string, kind: string, ring: number[][]) => ({
  type: 'Feature',
  geometry: { type: 'Polygon', coordinates: [ring] },
  properties: { id, kind, name: id },
});

describe('a refusal', () => {
  const TRUCK = { id: 't2', plate: '', companyId: 'c1', ratedLoadKg: 'much', wheels: 6 };

  it('is said in the language that is asked for, and in English where none is', async () => {
    const english = await ask('post', '/trucks', null).send(TRUCK).expect(400);
    expect(english.headers).toMatchObject({ 'content-language': 'en', vary: expect.stringContaining('Accept-Language') });
    expect(english.body.errors).toContainEqual({ path: 'ratedLoadKg', message: 'must be a number, not "much"' });
    expect(english.body.errors).toContainEqual({ path: 'wheels', message: 'is not a field that we know' });
    for (const language of ['*', 'en-GB', 'fr', 'en, zh;q=0.5']) expect((await ask('post', '/trucks', language).send(TRUCK)).body).toEqual(english.body);

    for (const language of ['zh', 'zh-CN', 'zh-CN,zh;q=0.9,en;q=0.8']) {
      const { headers, body } = await ask('post', '/trucks', language).send(TRUCK).expect(400);
      expect(headers).toMatchObject({ 'content-type': expect.stringContaining('application/problem+json'), 'content-language': 'zh-CN' });
      expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(english.body.errors.map(({ path }: { path: string }) => path));
      expect(body.errors).toContainEqual({ path: 'ratedLoadKg', message: '必须是数字，而不是“much”' });
      expect(body.errors).toContainEqual({ path: 'wheels', message: '没有这个字段' });
      expect(body.detail).toContain('ratedLoadKg：必须是数字，而不是“much”；wheels：没有这个字段');
    }
  });

  it('of what makes no sense together tells what it is instead', async () => {
    await ask('post', '/places', null)
      .send(place('site', 'site', square(113)))
      .expect(201);
    await ask('post', '/places', null)
      .send(place('lot', 'parking-lot', square(113.1)))
      .expect(201);
    const permit = { id: 'p1', companyId: (await ask('get', '/trucks/t1', null)).body.companyId, siteId: 'site', yardIds: ['lot'], volumeM3: 10 };
    const whole = { ...permit, truckIds: [], routeIds: [], hours: null, validFrom: '2026-01-01T00:00:00Z', validTo: '2027-01-01T00:00:00Z' };
    expect((await ask('post', '/permits', null).send(whole).expect(400)).body.detail).toBe('yardIds "lot" is no yard: it is a parking lot');
    expect((await ask('post', '/permits', 'zh-CN').send(whole).expect(400)).body.detail).toBe('yardIds：“lot”不是消纳场，而是停车场');

    const bowTie = place('bow', 'site', [[113, 31], [113.01, 31.01], [113.01, 31], [113, 31.01], [113, 31]]); // prettier-ignore
    expect((await ask('post', '/places', 'zh').send(bowTie).expect(400)).body.errors).toEqual([
      { path: 'geometry', message: expect.stringMatching(/^边界在 \[113\.\d+, 31\.\d+\] 附近自相交（场所 bow）$/) },
    ]);
  });

  it('is said by everything that refuses: the door, the address, the body that cannot be read', async () => {
    const unsigned = await request(city.server.url).get('/api/v1/trucks').set('Accept-Language', 'zh').expect(401);
    expect(unsigned.body.detail).toBe('请先登录。');
    expect((await ask('get', '/trucks/nobody', 'zh').expect(404)).body.detail).toBe('没有编号为 nobody 的车辆。');
    expect((await ask('get', '/nowhere', 'zh').expect(404)).body.detail).toBe('没有这个地址。');
    expect((await ask('post', '/trucks', 'zh').type('json').send('{').expect(400)).body.detail).toBe('请求写错了：内容不是合法的 JSON，或地址的编码不对。');
    expect((await ask('post', '/trucks/import', 'zh').type('text/csv').send('id,plate\na\n').expect(400)).body.detail).toBe(
      '不是正确的 CSV：第 2 行的列数与表头不同',
    );
    expect((await ask('post', '/trucks', 'zh')).body.detail).toBe('请求必须有内容，Content-Type 为 application/json。');
  });

  it('stands in the audit in English', async () => {
    await ask('post', '/trucks', 'zh').send({ id: 'seen-in-audit', plate: 7 }).expect(400);
    const { body } = await ask('get', '/audit?limit=1', null).expect(200);
    expect(JSON.stringify(body.items[0].detail.why)).toContain('plate must be text, not 7');
  });
});

it('tells of every bad row of an import in the language that is asked for', async () => {
  const csv = 'id,plate,companyId,ratedLoadKg\nn1,川F1,nobody,18000\nn2,川F2,,much\n';
  const faults = async (language: string | null) => {
    const { body } = await ask('post', '/trucks/import?dryRun=true', language).type('text/csv').send(csv).expect(200);
    return body.items.map((item: { faults: unknown[] }) => item.faults);
  };
  expect(await faults(null)).toEqual([
    [{ path: 'companyId', message: '"nobody" is no company that is registered' }],
    [
      { path: 'companyId', message: 'is missing, must be text' },
      { path: 'ratedLoadKg', message: 'must be a number, not "much"' },
    ],
  ]);
  expect(await faults('zh-CN')).toEqual([
    [{ path: 'companyId', message: '企业“nobody”没有登记' }],
    [
      { path: 'companyId', message: '不能为空，必须是文字' },
      { path: 'ratedLoadKg', message: '必须是数字，而不是“much”' },
    ],
  ]);
  const { body } = await ask('post', '/trucks/import', 'zh-CN').type('text/csv').send(csv).expect(400);
  expect(body.detail).toBe('2 行中有 2 行不能用，没有导入任何内容。');
  expect(body.errors[0]).toEqual({ path: 'row 1: companyId', message: '企业“nobody”没有登记' });
});
