import type { PermitResource } from '@muckwatch/contract';
import { countsOf, finds, inOrder, type Names, rowOf } from './permitRows.js';

const SUIZHOU = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-23T22:00:00+08:00');
const names: Names = {
  companies: new Map([['c1', { id: 'c1', name: '顺达渣土运输', creditCode: null, phone: null, districtId: null, retired: false }]]),
  trucks: new Map([['t1', { id: 't1', plate: '鄂S·8K217', companyId: 'c1', ratedLoadKg: null, boxM3: null, colour: null, retired: false }]]),
  places: new Map([
    ['s1', '城南安置房'],
    ['y1', '淅河消纳场'],
  ]),
  routes: new Map([['r1', '迎宾大道线']]),
};
const permit = (id: string, more: Partial<PermitResource> = {}): PermitResource => ({
  id,
  companyId: 'c1',
  siteId: 's1',
  yardIds: ['y1'],
  truckIds: ['t1'],
  routeIds: ['r1'],
  hours: null,
  validFrom: null,
  validTo: null,
  volumeM3: null,
  hauledM3: 0,
  hauls: 0,
  estimatedHauls: 0,
  retired: false,
  ...more,
});
const row = (id: string, more?: Partial<PermitResource>) => rowOf(permit(id, more), names, NOW, SUIZHOU);

describe('searching permits', () => {
  it('finds any part of a name, an id or a plate, however it is typed', () => {
    const found = ['城南', '淅河', '顺达', '迎宾', 'p-04', '鄂s 8k2', '8K217', '城南 顺达', ''].map((search) => finds(row('P-0417'), search));
    expect(found).toEqual(Array(9).fill(true));
  });

  it('finds nothing else', () => {
    expect(['城北', '8K218', '城南 城北', '·'].map((search) => finds(row('P-0417'), search))).toEqual([false, false, false, false]);
  });
});

it('stands what may be hauled on first, what ends first before that, and the past last', () => {
  const rows = [
    row('old', { validTo: '2026-01-01T00:00:00Z' }),
    row('gone', { retired: true }),
    row('older', { validTo: '2025-01-01T00:00:00Z' }),
    row('open-end'),
    row('soon', { validFrom: '2026-12-01T00:00:00Z' }),
    row('ends', { validTo: '2026-12-01T00:00:00Z' }),
  ];
  expect(inOrder(rows).map(({ permit }) => permit.id)).toEqual(['ends', 'open-end', 'soon', 'old', 'older', 'gone']);
  expect(countsOf(rows)).toEqual({ active: 2, 'not-yet': 1, expired: 2, retired: 1 });
});

it('says a name that is not known as null', () => {
  expect(row('p', { siteId: 'lost', yardIds: ['y1', 'lost'] })).toMatchObject({ site: null, yards: ['淅河消纳场', null], company: '顺达渣土运输' });
});
