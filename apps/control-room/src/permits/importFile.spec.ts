import { badRowsOf, CSV_SAMPLE, decoded, readImport } from './importFile.js';

describe('a file', () => {
  it('is known by what stands in it', () => {
    expect(readImport('[{"id":"p1"},{"id":"p2"}]')).toMatchObject({ what: 'permits', as: 'json', rows: 2 });
    expect(readImport('\ufeff{"items":[{"id":"p1"}]}')).toMatchObject({ what: 'permits', as: 'json', rows: 1 });
    expect(readImport('{"type":"FeatureCollection","features":[{}]}')).toMatchObject({ what: 'routes', rows: 1 });
    expect(readImport('{"type":"Feature","geometry":null}')).toMatchObject({ what: 'routes', rows: 1, body: { type: 'FeatureCollection' } });
    expect(readImport(CSV_SAMPLE)).toMatchObject({ what: 'permits', as: 'csv' });
  });

  it('that holds nothing of ours says so', () => {
    expect(readImport(' \n')).toEqual({ what: 'nothing', why: 'empty' });
    expect(readImport('hello')).toEqual({ what: 'nothing', why: 'nothing' });
    expect(readImport('id,name\n1,2')).toEqual({ what: 'nothing', why: 'nothing' });
    expect(readImport('{"type":"Polygon"}')).toEqual({ what: 'nothing', why: 'nothing' });
    expect(readImport('[{"id":')).toMatchObject({ what: 'nothing', why: 'bad-json' });
  });

  it('that Excel wrote in Chinese is read all the same', () => {
    const gb = Uint8Array.from([0xb3, 0xc7, 0xc4, 0xcf]); // 城南
    expect(decoded(gb.buffer)).toBe('城南');
    expect(decoded(new TextEncoder().encode('城南').buffer)).toBe('城南');
  });
});

it('names every bad row', () => {
  const file = readImport('[{"id":"p1"},{"id":"p2"}]');
  const faults = [
    { path: 'row 2: yardIds', message: 'must name a yard' },
    { path: 'row 1', message: 'must be an object' },
    { path: '', message: 'At most 10000 rows are taken at once.' },
  ];
  expect(badRowsOf(faults, file)).toEqual([
    { row: 2, id: 'p2', field: 'yardIds', message: 'must name a yard' },
    { row: 1, id: 'p1', field: '', message: 'must be an object' },
    { row: null, id: null, field: '', message: 'At most 10000 rows are taken at once.' },
  ]);
});
