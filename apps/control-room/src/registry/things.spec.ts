import type { FieldDef } from './kinds.js';
import { finds, inOrder } from './things.js';

const cell = ({ as }: FieldDef, value: unknown) =>
  as === 'company' ? ({ c1: '甬江运输', c2: '北仑土方' }[value as string] ?? '') : String((value as string | number | null) ?? '');
const truck = (id: string, plate: string, companyId: string, boxM3: number | null) => ({
  id,
  plate,
  companyId,
  boxM3,
  ratedLoadKg: null,
  colour: null,
  retired: false,
});
const trucks = [truck('t1', '浙B12345', 'c1', 19), truck('t2', '浙B00002', 'c2', null), truck('t3', '浙B00100', 'c1', 9)];

it('finds a truck by a piece of its plate, its id or its company’s name', () => {
  const found = (search: string) => trucks.filter((one) => finds('trucks', one, search, cell)).map(({ id }) => id);
  expect(found('浙b·123')).toEqual(['t1']);
  expect(found('甬江')).toEqual(['t1', 't3']);
  expect(found('T2')).toEqual(['t2']);
  expect(found('')).toHaveLength(3);
  expect(found('nothing')).toEqual([]);
});

it('orders numbers as numbers and puts last what is not said, whichever way', () => {
  const order = (by: 'boxM3' | 'plate', down: boolean) => inOrder('trucks', trucks, { by, down }, cell).map(({ id }) => id);
  expect(order('boxM3', false)).toEqual(['t3', 't1', 't2']);
  expect(order('boxM3', true)).toEqual(['t1', 't3', 't2']);
  expect(order('plate', false)).toEqual(['t2', 't3', 't1']);
});
