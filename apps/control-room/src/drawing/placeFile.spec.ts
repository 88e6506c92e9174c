import { readPlaceFile } from './placeFile.js';

it('tells features from CSV by what stands in the file', () => {
  expect(readPlaceFile('\ufeffid,kind,lon\na,site,113')).toMatchObject({ as: 'csv', rows: null });
  expect(readPlaceFile('{"type":"FeatureCollection","features":[{},{}]}')).toMatchObject({ as: 'json', rows: 2 });
  expect(readPlaceFile('{"type":"Feature"}')).toMatchObject({ rows: 1, body: { type: 'FeatureCollection' } });
});

it('says that there is nothing, or why it cannot be read', () => {
  expect(readPlaceFile('')).toEqual({ what: 'nothing', said: null });
  expect(readPlaceFile('{"type":"Topology"}')).toEqual({ what: 'nothing', said: null });
  expect(readPlaceFile('{"type":')).toEqual({ what: 'nothing', said: expect.stringMatching(/JSON/) });
});
