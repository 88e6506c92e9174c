import { sha256 } from '../auth/token.js';
import { planning, type Plan } from './plan.js';
import type { Entity, Known, ResourceName } from './entity.js';
import type { Resource } from './resource.js';
import { COMPANIES, PLACES, TERMINALS, TRUCKS } from './resources.js';

const known = (entities: Partial<Record<ResourceName, Entity[]>>): Known => ({
  get: (name, id) => entities[name]?.find((one) => one.id === id),
  all: (name) => entities[name] ?? [],
  districtAt: () => null,
});
const plan = (resource: Resource, rows: unknown[], now: Known): Plan => {
  const steps = planning(resource, rows, now, (row) => `row ${row}: `, 0);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
const company = (id: string, retired = false): Entity => ({ id, name: id, creditCode: null, phone: null, districtId: null, retired });
const truck = (id: string, plate: string): Entity => ({ id, plate, companyId: 'c1', ratedLoadKg: null, boxM3: null, colour: null, retired: false });

describe('what an import asks for', () => {
  it('is only what differs', () => {
    const now = known({ company: [company('a'), company('b')] });
    const { writes, items } = plan(COMPANIES, [{ id: 'a', name: 'a' }, { id: 'b', phone: '0574' }, { name: 'new' }], now);
    expect(items).toEqual([
      { id: 'a', result: 'unchanged' },
      { id: 'b', result: 'changed' },
      { id: expect.stringMatching(/^company-/), result: 'created' },
    ]);
    expect(writes).toEqual([
      { ...company('b'), phone: '0574' },
      { ...company(items[2]!.id), name: 'new' },
    ]);
  });

  it('passes no plate on while its bearer still has it', () => {
    const now = known({ company: [company('c1')], truck: [truck('t1', 'A'), truck('t2', 'B')] });
    const swap = plan(
      TRUCKS,
      [
        { id: 't1', plate: 'B' },
        { id: 't2', plate: 'A' },
      ],
      now,
    );
    expect(swap.faults).toEqual([
      { path: 'row 1: plate', message: { en: '"B" is the plate of truck t2 already', zh: '“B”已属于车辆 t2' } },
      { path: 'row 2: plate', message: { en: '"A" is the plate of truck t1 already', zh: '“A”已属于车辆 t1' } },
    ]);
    expect(
      plan(
        TRUCKS,
        [
          { id: 't1', plate: 'C' },
          { id: 't2', plate: 'B', colour: 'red' },
        ],
        now,
      ).faults,
    ).toEqual([]);
  });

  it('refers to what is in use', () => {
    const now = known({ company: [company('c1', true)] });
    expect(plan(TRUCKS, [{ plate: 'A', companyId: 'c1' }], now).faults).toEqual([
      { path: 'row 1: companyId', message: { en: '"c1" is a retired company', zh: '企业“c1”已停用' } },
    ]);
  });

  it('says a new secret once and keeps its hash', () => {
    const now = known({ truck: [truck('t1', 'A')] });
    const { writes, items } = plan(TERMINALS, [{ id: 'd1', truckId: 't1' }], now);
    expect(writes[0]!.secretSha256).toBe(sha256(items[0]!.secret!));
    const again = plan(TERMINALS, [{ id: 'd1', truckId: 't1' }], known({ truck: [truck('t1', 'A')], terminal: [writes[0]!] }));
    expect(again).toMatchObject({ writes: [], items: [{ id: 'd1', result: 'unchanged' }] });
  });

  it('takes the id of a feature from its properties, else from the feature', () => {
    const ring = [
      [121, 29],
      [121.01, 29],
      [121.01, 29.01],
      [121, 29],
    ];
    const feature = { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { kind: 'site', name: 'x' } };
    const both = { ...feature, id: 'outer', properties: { ...feature.properties, id: 'inner' } };
    expect(plan(PLACES, [{ ...feature, id: 'outer' }, both], known({})).items.map(({ id }) => id)).toEqual(['outer', 'inner']);
  });
});
