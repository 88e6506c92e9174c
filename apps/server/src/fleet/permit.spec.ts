import { east, HOME, square } from '@muckwatch/domain/testing';
import type { Entity, Known, ResourceName } from './entity.js';
import { parsePermit, permitFaults, placeFaults, truckFaults } from './permit.js';

const place = (id: string, kind: 'site' | 'yard' | 'wash-bay', centre = HOME): Entity => {
  const { geometry } = square('site', centre, 200);
  return { id, kind, name: id, feature: { type: 'Feature', geometry, properties: { kind, name: id } }, retired: false };
};
const route = (id: string, from = HOME, to = east(5_000)): Entity => {
  const geometry = { type: 'LineString', coordinates: [from, to] };
  return { id, name: id, feature: { type: 'Feature', geometry, properties: { name: id } }, retired: false };
};
const truck = (id: string, companyId = 'c1'): Entity => ({ id, plate: id, companyId, retired: false });
const permit = (more: object = {}): Entity => {
  const nothing = { truckIds: [], routeIds: [], hours: null, validFrom: null, validTo: null, volumeM3: null };
  return { id: 'p1', companyId: 'c1', siteId: 's1', yardIds: ['y1'], ...nothing, retired: false, ...more };
};
const city: Partial<Record<ResourceName, Entity[]>> = {
  place: [place('s1', 'site'), place('y1', 'yard', east(5_000)), place('w1', 'wash-bay')],
  route: [route('r1'), route('far', east(2_000, 2_000), east(5_000))],
  truck: [truck('t1'), truck('t2', 'c2')],
};
const known = (entities = city): Known => ({
  get: (name, id) => entities[name]?.find((one) => one.id === id),
  all: (name) => entities[name] ?? [],
  districtAt: () => null,
});
const parsed = (more: object) => {
  const { id, companyId, siteId, yardIds } = permit();
  return parsePermit({ id, companyId, siteId, yardIds, ...more }, undefined);
};
const refused = (more: object) => {
  const answer = parsed(more);
  return 'faults' in answer ? answer.faults.map(({ path, message }) => `${path} ${message.en}`) : [];
};

describe('a permit', () => {
  it('names each id once, and its times in UTC', () => {
    expect(parsed({ truckIds: ['t1', 't1'], validFrom: '2026-08-18T00:00:00+08:00' })).toMatchObject({
      id: 'p1',
      fields: { yardIds: ['y1'], truckIds: ['t1'], routeIds: [], hours: null, validFrom: '2026-08-17T16:00:00.000Z', validTo: null, volumeM3: null },
    });
  });

  it('ends after it begins, in years that can be kept', () => {
    const from = '2026-02-01T00:00:00+08:00';
    const why = 'validTo 2026-01-31T16:00:00.000Z is not after validFrom 2026-01-31T16:00:00.000Z';
    expect(refused({ validFrom: from, validTo: '2026-01-31T16:00:00Z' })).toEqual([why]);
    expect(refused({ validFrom: from, validTo: '2026-01-31T16:00:01Z' })).toEqual([]);
    expect(refused({ validFrom: '0000-01-01T00:00:00Z', validTo: '9999-12-31T23:59:59-08:00' })).toEqual([
      'validFrom must lie in the years 1 to 9999, not "0000-01-01T00:00:00Z"',
      'validTo must lie in the years 1 to 9999, not "9999-12-31T23:59:59-08:00"',
    ]);
  });

  it('has windows with a length, or none for always', () => {
    const night = { from: '21:00', to: '05:00' };
    expect(refused({ hours: [night] })).toEqual([]);
    expect(refused({ hours: [night, { from: '07:00', to: '07:00' }] })).toEqual(['hours.1.to "07:00" is its from too: the window has no length']);
    expect(refused({ hours: [] })).toEqual(['hours must not be [], which would be never: null is always']);
  });

  it('leads from a site to yards by its company’s trucks, on routes that come by the site', () => {
    expect(permitFaults(permit({ truckIds: ['t1'], routeIds: ['r1'] }), known())).toEqual([]);
    const all = permit({ yardIds: ['y1', 'w1'], truckIds: ['t1', 't2'], routeIds: ['r1', 'far'] });
    expect(permitFaults(all, known())).toEqual([
      { path: 'yardIds', message: { en: '"w1" is no yard: it is a wash bay', zh: '“w1”不是消纳场，而是冲洗平台' } },
      { path: 'truckIds', message: { en: '"t2" is a truck of company "c2", not of "c1"', zh: '车辆“t2”属于企业“c2”，不属于“c1”' } },
      { path: 'routeIds', message: { en: '"far" comes nowhere within 1 km of the site "s1"', zh: '线路“far”距工地“s1”超过 1 km' } },
    ]);
    expect(permitFaults(permit({ siteId: 'y1' }), known())).toEqual([
      { path: 'siteId', message: { en: '"y1" is no site: it is a yard', zh: '“y1”不是工地，而是消纳场' } },
    ]);
  });
});

describe('while a permit is good', () => {
  const before = (more: object = {}) => known({ ...city, permit: [permit({ truckIds: ['t1'], validTo: '2026-02-01T00:00:00.000Z', ...more })] });
  const [good, over] = [Date.parse('2026-01-31T23:59:59Z'), Date.parse('2026-02-01T00:00:00Z')];

  it('a truck that it names goes to no other company', () => {
    const sold = (now: Known, at: number) => truckFaults(truck('t1', 'c2'), truck('t1'), now, at);
    expect(sold(before(), good)).toEqual([
      {
        path: 'companyId',
        message: {
          en: '"c2" cannot have it while permit p1 of company "c1" names it; change or retire that first',
          zh: '企业“c1”的许可 p1 还在使用这辆车，不能转给“c2”；请先修改或停用该许可',
        },
      },
    ]);
    expect(sold(before(), over)).toEqual([]);
    expect(sold(before({ retired: true }), good)).toEqual([]);
    expect(sold(before({ truckIds: [] }), good)).toEqual([]);
  });

  it('its site and its yards stay what they are', () => {
    const turned = (id: string, kind: 'site' | 'yard', was: 'site' | 'yard' | 'wash-bay') => placeFaults(place(id, kind), place(id, was), before(), good);
    expect(turned('s1', 'yard', 'site')[0]?.message.en).toMatch(/^"yard" is not what permit p1 names it as: a site/);
    expect(turned('y1', 'site', 'yard')[0]?.message.en).toMatch(/^"site" is not what permit p1 names it as: a yard/);
    expect(turned('w1', 'yard', 'wash-bay')).toEqual([]);
    expect(turned('s1', 'site', 'site')).toEqual([]);
  });
});
