import { csvRows, typed, withNumbers } from './csv.js';
import { placeRow } from './place-csv.js';

describe('CSV', () => {
  it('has null for an empty cell and keeps what looks like a number as text', () => {
    expect(csvRows('id,name\n007,\n1e5,x\n', undefined)).toEqual([
      { id: '007', name: null },
      { id: '1e5', name: 'x' },
    ]);
    expect(withNumbers({ id: '007', lat: '29.5', lon: 'x', radiusM: null }, ['lat', 'lon', 'radiusM'])).toEqual({
      id: '007',
      lat: 29.5,
      lon: 'x',
      radiusM: null,
    });
  });

  it('has lists, numbers, JSON and times by the kinds of the fields', () => {
    const fields = { id: 'text', ids: 'texts', hours: 'json', validFrom: 'time', validTo: 'time', volumeM3: 'number' } as const;
    const cells = { id: '7', ids: ' a;b  c; ', hours: '[{"from":"21:00"}]', validFrom: '2026-08-18', validTo: '2026-08-18', volumeM3: '1e3', more: '5' };
    expect(typed(cells, fields, () => 480)).toEqual({
      id: '7',
      ids: ['a', 'b', 'c'],
      hours: [{ from: '21:00' }],
      validFrom: '2026-08-17T16:00:00.000Z',
      validTo: '2026-08-18T16:00:00.000Z',
      volumeM3: 1_000,
      more: '5',
    });
    expect(typed({ ids: null, hours: 'nights', validTo: 'soon', volumeM3: 'many' }, fields, () => 480)).toEqual({
      ids: null,
      hours: 'nights',
      validTo: 'soon',
      volumeM3: 'many',
    });
  });

  it('is read by other headers, one column for two fields if need be', () => {
    expect(csvRows('nr,x\n7,1\n', 'id:nr,name:nr')).toEqual([{ x: '1', id: '7', name: '7' }]);
    expect(csvRows('', 'id:nr')).toEqual([]);
    expect(() => csvRows('nr\n7\n', 'id=nr')).toThrow(/field:column pairs, not "id=nr"/);
    expect(() => csvRows('id,id\n7,8\n', undefined)).toThrow(/"id" twice/);
  });
});

describe('a point with a radius', () => {
  const shanghai = () => 480;
  const cells = { id: 'a', kind: 'site', name: 'A', lon: '121.5', lat: '29.8', radiusM: '100' };

  it('becomes a polygon of 64 corners', () => {
    const { raw, faults } = placeRow(cells, {}, shanghai);
    expect(faults).toEqual([]);
    expect(raw).toMatchObject({ type: 'Feature', geometry: { type: 'Polygon' }, properties: { id: 'a', kind: 'site', name: 'A' } });
    expect((raw as { geometry: { coordinates: number[][][] } }).geometry.coordinates[0]).toHaveLength(65);
  });

  it('counts days in the time of the city, the last one to its end', () => {
    const { raw } = placeRow({ ...cells, validFrom: '2026-08-18', validTo: '2027-02-14' }, {}, shanghai);
    expect(raw).toMatchObject({ properties: { validFrom: '2026-08-17T16:00:00.000Z', validTo: '2027-02-14T16:00:00.000Z' } });
    const exact = placeRow({ ...cells, validFrom: '2026-08-18T08:00:00+08:00' }, {}, shanghai);
    expect(exact.raw).toMatchObject({ properties: { validFrom: '2026-08-18T08:00:00+08:00' } });
  });

  it('takes kind and radius of the call where a row has none, and names what is no number', () => {
    expect(placeRow({ lon: '121.5', lat: '29.8', name: 'B' }, { kind: 'yard', radiusM: 50 }, shanghai).raw).toMatchObject({ properties: { kind: 'yard' } });
    expect(placeRow({ ...cells, lon: '200', radiusM: null }, {}, shanghai).faults.map(({ path }) => path)).toEqual(['lon', 'radiusM']);
  });
});
