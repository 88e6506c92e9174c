import { cityClock, describe as sentence, whereIs } from './describe.js';
import type { AnyRule } from './rules/index.js';
import { RULES } from './rules/index.js';
import { uncoveredLoad } from './rules/uncovered-load.js';
import { clock, drive, east, HOME, permit, replay, route, square, TRUCK, worldOf } from './testing.js';

const FAR = east(20_000);
const drivenOpen = drive('21:04:00', HOME, FAR, 47, 10, { loadKg: 18_000, cover: 'open' });

describe('the sentence of an alert', () => {
  it('says who, when by the city’s clock, where, what, and the numbers, in Chinese and English', () => {
    const places = [square('site', east(200, -400), 400, { name: '迎宾大道工地' })];
    const [found] = replay(uncoveredLoad, drivenOpen.slice(0, 7), { places });
    const world = worldOf(places);
    const where = whereIs(found!, world);
    expect(where).toMatchObject({ id: 'site-1', kind: 'site' });
    const { zh, en } = sentence(found!, uncoveredLoad, TRUCK.plate, where, world);
    expect(zh).toMatch(/^鄂S·12345 于 21:04:20–21:04:40 在距迎宾大道工地 \d+ m 处重车未密闭行驶 261 m，最高 47 km\/h$/);
    expect(en).toMatch(/^鄂S·12345 drove 261 m with the load uncovered, up to 47 km\/h near 迎宾大道工地 \(\d+ m\) from 21:04:20 to 21:04:40$/);
  });

  it('says a long way in kilometres', () => {
    const places = [square('site', east(200, -2_000), 400, { name: '迎宾大道工地' })];
    const [found] = replay(uncoveredLoad, drivenOpen.slice(0, 7), { places });
    const world = worldOf(places);
    const { zh, en } = sentence(found!, uncoveredLoad, TRUCK.plate, whereIs(found!, world), world);
    expect(zh).toContain('在距迎宾大道工地 1.8 km 处重车');
    expect(en).toContain('near 迎宾大道工地 (1.8 km)');
  });

  it('does without a place, and says one time of what has no length', () => {
    const [found] = replay(uncoveredLoad, drivenOpen.slice(0, 7));
    const world = worldOf();
    expect(whereIs(found!, world)).toBeNull();
    const short = { ...found!, evidence: { ...found!.evidence, durationS: 0 } };
    expect(sentence(short, uncoveredLoad as unknown as AnyRule, TRUCK.plate, null, world).zh).toBe('鄂S·12345 于 21:04:20 重车未密闭行驶 261 m，最高 47 km/h');
  });

  it('names the finding’s own place, though it may have been retired since', () => {
    const zone = square('no-go', HOME, 400, { name: '学校' });
    const finding = { ...replay(uncoveredLoad, drivenOpen.slice(0, 7))[0]!, placeId: 'no-go-1', point: HOME };
    expect(whereIs(finding, worldOf([zone]))).toEqual({ id: 'no-go-1', kind: 'no-go', name: '学校', distanceM: 0 });
    expect(whereIs(finding, worldOf())).toBeNull();
  });

  it('has a sentence without holes for every rule that finds something', () => {
    const zone = square('no-go', east(2_000), 600);
    const tips = [18_000, 18_000, 300, 300, 300].map((loadKg, i) => ({
      ...drivenOpen[0]!,
      point: east(4_000),
      at: clock('21:10:00') + i * 5_000,
      digest: `t${i}`,
      speedKmh: 0,
      bedAngleDeg: 45,
      loadKg,
    }));
    const road = drive('21:04:00', HOME, east(4_000), 70, 5, { loadKg: 18_000, cover: 'open', bedAngleDeg: 14 });
    const permits = [permit({ routeIds: ['route-1'], hours: [{ from: '08:00', to: '12:00' }] })];
    const routes = [route([east(0, 900), east(9_000, 900)])];
    const found = replay(RULES, [...road, ...tips], { places: [zone], permits, routes });
    expect(new Set(found.map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(7);
    for (const finding of found) {
      const said = sentence(
        finding,
        RULES.find(({ code }) => code === finding.rule)!,
        TRUCK.plate,
        null,
        worldOf(),
      );
      expect(`${said.zh} ${said.en}`).not.toMatch(/undefined|null|NaN|Infinity/);
    }
  });

  it('reads the city’s clock at midnight and before 1970', () => {
    expect(cityClock(clock('00:00:00'), worldOf())).toBe('00:00:00');
    expect(cityClock(clock('23:59:59'), worldOf())).toBe('23:59:59');
    expect(cityClock(-1_000, worldOf())).toBe('07:59:59');
  });
});
