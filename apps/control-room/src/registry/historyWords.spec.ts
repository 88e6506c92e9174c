import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { changeWords, type Saying } from './historyWords.js';

const names = { company: new Map(), truck: new Map(), district: new Map(), place: new Map([['y1', '淅河消纳场']]) };
const zhSaying: Saying = { label: (field) => zh.registry.field[field] ?? field, kind: null, names, clock: (instant) => `<${instant.slice(0, 10)}>`, t: zh };
const enSaying: Saying = { ...zhSaying, label: (field) => en.registry.field[field] ?? field, t: en };

describe('what was changed of a place, a route or a permit', () => {
  it('is said in words, with units, names and the city’s clock', () => {
    expect(changeWords({ field: 'kind', from: null, to: 'parking-lot' }, zhSaying)).toBe('类型：停车场');
    expect(changeWords({ field: 'limitKmh', from: 60, to: 40 }, zhSaying)).toBe('限速：60 km/h → 40 km/h');
    expect(changeWords({ field: 'capacityM3', from: null, to: 120_000 }, zhSaying)).toBe('容量：120,000 m³');
    expect(changeWords({ field: 'yardIds', from: ['y9'], to: ['y1'] }, zhSaying)).toBe('消纳场：y9 → 淅河消纳场');
    expect(changeWords({ field: 'validTo', from: null, to: '2026-12-31T16:00:00.000Z' }, zhSaying)).toBe('结束：<2026-12-31>');
    expect(changeWords({ field: 'geometry', from: { points: 8 }, to: { points: 9 } }, zhSaying)).toBe('形状：8 个点 → 9 个点');
  });

  it('says hours as hours are said elsewhere, never as they are stored', () => {
    const night = [{ from: '23:00', to: '05:00' }];
    expect(changeWords({ field: 'curfew', from: null, to: night }, zhSaying)).toMatch(/^禁行时段：.*23:00.*05:00/);
    expect(changeWords({ field: 'hours', from: night, to: null }, enSaying)).toMatch(/23:00.*→ nothing$/);
    for (const saying of [zhSaying, enSaying]) expect(changeWords({ field: 'curfew', from: null, to: night }, saying)).not.toMatch(/[{"]/);
  });
});
