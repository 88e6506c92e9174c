import { fieldOf, formOf, propertiesOf, wrongsIn } from './placeForm.js';

const ZONE = 'Asia/Shanghai';

it('says a place as it was read, whatever it has', () => {
  const lot = {
    kind: 'parking-lot' as const,
    name: '城北停车场',
    validFrom: '2026-08-17T16:00:00.000Z',
    validTo: '2026-12-31T16:00:00.000Z',
    curfew: [{ from: '05:00', to: '21:00' }],
    managerIds: ['m1'],
  };
  expect(formOf(lot, ZONE)).toMatchObject({ fromDate: '2026-08-18', toDate: '2026-12-31', toClock: '24:00', noCurfew: false });
  const nothing = { hours: null, limitKmh: null, capacityM3: null };
  expect(propertiesOf(formOf(lot, ZONE), ZONE)).toEqual({ ...nothing, ...lot });
});

it('takes away what another kind has no field for', () => {
  const zone = { ...formOf({ kind: 'speed-zone', name: '学校', limitKmh: 30 }, ZONE) };
  expect(propertiesOf(zone, ZONE).limitKmh).toBe(30);
  expect(propertiesOf({ ...zone, kind: 'site' }, ZONE).limitKmh).toBeNull();
});

it('says at its field what cannot be so', () => {
  expect(wrongsIn({ ...formOf(null, ZONE, 'speed-zone'), limitKmh: '3' }, ZONE)).toEqual({ name: 'placeName', limitKmh: 'limit' });
  expect(wrongsIn({ ...formOf(null, ZONE), name: 'a' }, ZONE)).toEqual({});
  expect(wrongsIn({ ...formOf(null, ZONE, 'parking-lot'), name: 'a', noCurfew: false, curfew: [{ days: [], from: '9', to: 'x' }] }, ZONE)).toEqual({
    'curfew.0.days': 'days',
    'curfew.0.to': 'clock',
  });
});

it('finds the field of a fault', () => {
  expect(['geometry', 'properties.limitKmh', 'properties.curfew.0.to', 'properties.curfew.1', 'properties.colour', 'id'].map(fieldOf)).toEqual([
    'geometry',
    'limitKmh',
    'curfew.0.to',
    'curfew.1.from',
    null,
    null,
  ]);
});
