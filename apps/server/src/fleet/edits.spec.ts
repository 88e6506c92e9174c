import { changesOf, editOf, editsOfVersions } from './edits.js';
import type { Entity } from './entity.js';

const truck = (fields: object = {}): Entity => ({ id: 't1', plate: '浙B12345', companyId: 'c1', colour: null, retired: false, ...fields });
const terminal = (secretSha256: string): Entity => ({ id: 'd1', truckId: 't1', secretSha256, mosquittoHash: 'salted', retired: false });
const ring = (points: number) => ({ type: 'Polygon', coordinates: [Array.from({ length: points }, (_, i) => [121 + i / 1_000, 29])] });
const site = (properties: object, points = 5): Entity => ({
  id: 's1',
  kind: 'site',
  name: 'Gate',
  districtId: null,
  feature: { type: 'Feature', geometry: ring(points), properties: { kind: 'site', name: 'Gate', ...properties } },
  retired: false,
});

it('tells of a new thing what was said of it, and of a changed one what is different', () => {
  expect(editOf(undefined, truck())).toEqual({
    id: 't1',
    what: 'created',
    changes: [
      { field: 'plate', from: null, to: '浙B12345' },
      { field: 'companyId', from: null, to: 'c1' },
    ],
  });
  expect(editOf(truck(), truck({ colour: 'green' }))).toEqual({ id: 't1', what: 'changed', changes: [{ field: 'colour', from: null, to: 'green' }] });
  expect(editOf(truck(), truck())).toBeNull();
});

it('tells that a thing went out of use and came back', () => {
  expect(editOf(truck(), truck({ retired: true }))).toEqual({ id: 't1', what: 'retired', changes: [] });
  expect(editOf(truck({ retired: true }), truck({ colour: 'green' }))).toMatchObject({ what: 'restored', changes: [{ field: 'colour' }] });
});

it('tells of a secret only that it is another one', () => {
  expect(changesOf(terminal('aaa'), terminal('bbb'))).toEqual([{ field: 'secret', from: null, to: null }]);
  expect(changesOf(undefined, terminal('aaa'))).toEqual([{ field: 'truckId', from: null, to: 't1' }]);
});

it('tells a feature’s properties as its fields, and of its shape how many points it has', () => {
  expect(changesOf(site({}), site({ limitKmh: 20 }, 9))).toEqual([
    { field: 'geometry', from: { points: 5 }, to: { points: 9 } },
    { field: 'limitKmh', from: null, to: 20 },
  ]);
});

it('tells the past before edits were kept by its versions', () => {
  const version = (data: unknown, at = '2026-11-23T13:00:00.000Z') => ({ at, by: 'admin', reason: null, data });
  expect(editsOfVersions([version({ plate: 'A' }), version({ plate: 'B' }), version(null), version({ plate: 'B' })])).toMatchObject([
    { what: 'created', changes: [{ field: 'plate', from: null, to: 'A' }] },
    { what: 'changed', changes: [{ field: 'plate', from: 'A', to: 'B' }] },
    { what: 'retired', changes: [] },
    { what: 'restored', changes: [] },
  ]);
});
