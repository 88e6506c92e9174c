import { CSV_SAMPLE, PERMITS_TAKE } from '../permits/permitFile.js';
import { decoded, readImport, type Takes } from './importFile.js';

const permits = (text: string) => readImport(text, PERMITS_TAKE);
const TRUCKS: Takes = { plain: 'trucks', columns: ['id', 'plate'], features: null };

describe('a file', () => {
  it('is known by what stands in it', () => {
    expect(permits('[{"id":"p1"},{"id":"p2"}]')).toMatchObject({ what: 'permits', as: 'json', rows: 2 });
    expect(permits('\ufeff{"items":[{"id":"p1"}]}')).toMatchObject({ what: 'permits', as: 'json', rows: 1 });
    expect(permits('{"type":"FeatureCollection","features":[{}]}')).toMatchObject({ what: 'routes', rows: 1 });
    expect(permits('{"type":"Feature","geometry":null}')).toMatchObject({ what: 'routes', rows: 1, body: { type: 'FeatureCollection' } });
    expect(permits(CSV_SAMPLE)).toMatchObject({ what: 'permits', as: 'csv' });
    expect(readImport('"plate",companyId\n浙B1,c1', TRUCKS)).toMatchObject({ what: 'trucks', as: 'csv' });
  });

  it('that holds nothing of ours says so', () => {
    expect(permits(' \n')).toEqual({ what: 'nothing', why: 'empty' });
    expect(permits('hello')).toEqual({ what: 'nothing', why: 'nothing' });
    expect(permits('id,name\n1,2')).toEqual({ what: 'nothing', why: 'nothing' });
    expect(permits('{"type":"Polygon"}')).toEqual({ what: 'nothing', why: 'nothing' });
    expect(permits('[{"id":')).toMatchObject({ what: 'nothing', why: 'bad-json' });
    expect(readImport('{"type":"FeatureCollection","features":[{}]}', TRUCKS)).toEqual({ what: 'nothing', why: 'nothing' });
  });

  it('that Excel wrote in Chinese is read all the same', () => {
    const gb = Uint8Array.from([0xb3, 0xc7, 0xc4, 0xcf]); // 城南
    expect(decoded(gb.buffer)).toBe('城南');
    expect(decoded(new TextEncoder().encode('城南').buffer)).toBe('城南');
  });
});
