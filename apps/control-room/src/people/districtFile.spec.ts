import { readDistrictFile } from './districtFile.js';

const RING = [
  [113, 31],
  [114, 31],
  [114, 32],
  [113, 31],
];
const polygon = (properties: object) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [RING] }, properties });

it('finds the polygons of a collection and knows them by id or by code', () => {
  const point = { type: 'Feature', geometry: { type: 'Point', coordinates: [113, 31] }, properties: { name: '区政府' } };
  const file = readDistrictFile(
    JSON.stringify({ type: 'FeatureCollection', features: [polygon({ id: 'zengdu', name: '曾都区' }), point, polygon({ adcode: 421321, name: '随县' })] }),
  );
  expect(file).toMatchObject({
    what: 'districts',
    features: [{ properties: { id: 'zengdu', name: '曾都区' } }, { properties: { id: '421321', name: '随县' } }],
  });
});

it('takes one feature as it is drawn', () => {
  expect(readDistrictFile(JSON.stringify(polygon({ name: '广水市' })))).toMatchObject({ features: [{ properties: { name: '广水市' } }] });
});

it('says what is wrong with a file', () => {
  expect(readDistrictFile('{')).toMatchObject({ what: 'nothing', why: 'bad-json' });
  expect(readDistrictFile('[]')).toEqual({ what: 'nothing', why: 'nothing' });
  expect(readDistrictFile(JSON.stringify({ type: 'FeatureCollection', features: [polygon({ name: '曾都区' }), polygon({})] }))).toEqual({
    what: 'nothing',
    why: 'unnamed',
    row: 2,
  });
});
