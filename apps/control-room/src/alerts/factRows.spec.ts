import type { AlertDetail } from '@muckwatch/contract';
import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { factRows, type Telling } from './factRows.js';
import { anAlert, pointAt } from './testing.js';

const telling = (words: Telling['words']): Telling => ({
  words,
  clock: (at) => new Date(at).toISOString().slice(11, 19),
  nameOf: (id) => (id === 'cam-3' ? '东门抓拍机' : null),
});
const began = '2026-11-23T13:04:40.000Z';
const aDetail = (said: Partial<AlertDetail>): AlertDetail => ({
  ...anAlert({ began, ended: began, cleared: true }),
  limits: {},
  series: [],
  steps: [],
  related: [],
  haul: null,
  sealed: null,
  ...said,
});
const read = (detail: AlertDetail, words: Telling['words']) =>
  factRows(detail, Date.parse(began), telling(words)).map(({ label, value }) => `${label} ${value}`);

it('reads the numbers of a cloned plate, for which no terminal said anything', () => {
  const evidence = { plate: '鄂S8K217', camera: 'cam-3', otherCamera: 'cam-9', distanceKm: 12.34, gapS: 180, neededKmh: 185.2 };
  const detail = aDetail({ rule: 'cloned-plate', severity: 'critical', evidence });
  expect(read(detail, zh)).toEqual([
    '起始 13:04:40',
    '车牌 鄂S·8K217',
    '抓拍机 东门抓拍机',
    '另一抓拍机 cam-9',
    '相距 12.3 km',
    '缺失时间 3 分',
    '所需车速 185.2 km/h',
    '地点 道路上',
  ]);
});

it('shows what no dictionary knows, with the unit of its name, and leaves out what was not measured', () => {
  const evidence = { newThingKg: 1_200, idleS: 40, kind: 'brand-new', nothing: null, blank: '' };
  expect(read(aDetail({ evidence }), en).slice(1, -1)).toEqual(['New thing 1.2 t', 'Idle 40 s', 'Way brand-new']);
});

it('says once what both the track and the rule know', () => {
  const series = [pointAt(began, { speedKmh: 61, loadKg: 17_000, cover: 'closed' })];
  const detail = aDetail({ rule: 'speeding', series, evidence: { maxSpeedKmh: 61, limitKmh: 40, zone: 'z1', durationS: 20 } });
  expect(read(detail, zh)).toEqual(['起始 13:04:40', '载重 17.0 t', '最高车速 61 km/h', '顶盖 / 斗 关 / 未上报', '限速 40 km/h', '限速区 z1', '地点 道路上']);
});

it('says the load that was lost as the rule and its sentence do, not as the track happens to begin and end', () => {
  const series = [pointAt(began, { loadKg: 15_100 })];
  const lost = aDetail({ rule: 'spill', series, evidence: { startLoadKg: 16_600, loadKg: 14_700, lossKg: 1_900 } });
  expect(read(lost, zh)).toContain('载重 16.6 → 14.7 t');
  const kept = aDetail({ rule: 'spill', series, evidence: { startLoadKg: 15_150, loadKg: 15_100 } });
  expect(read(kept, zh)).toContain('载重 15.1 t');
});
