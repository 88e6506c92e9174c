import fc from 'fast-check';
import type { Report } from '@muckwatch/domain';
import { decode } from './index.js';

const decoded = (wire: object | string): Report => {
  const [item] = decode('muck/v1/terminals/t1/reports', Buffer.from(typeof wire === 'string' ? wire : JSON.stringify(wire)));
  if (item?.kind !== 'report') throw new Error(JSON.stringify(item));
  return item.report;
};
const digest = (wire: object | string) => decoded(wire).digest;
const full = {
  time: '2026-11-23T21:04:10.000+08:00',
  lat: 31.6923,
  lon: 113.3781,
  speedKmh: 38.5,
  headingDeg: 92,
  altitudeM: 63.2,
  accuracyM: 6,
  satellites: 14,
  odometerKm: 88123.4,
  ignition: true,
  bed: 'down',
  bedAngleDeg: 0.8,
  cover: 'open',
  loadKg: 18240,
  loadState: 'half',
  seq: 4711,
  firmware: '4.1.0',
  can: { rpm: 1180, gear: 'R', list: [1, { b: 1, a: 2 }] },
};

describe('the digest of a report', () => {
  it('never changes: it is a key in databases that exist', () => {
    expect(digest({ time: 1_795_439_050_000, lat: 31.6923, lon: 113.3781 })).toBe('IRxjh9uHotvT-mSe1zsSvs');
    expect(digest(full)).toBe('oi7Ou3yDK0Tl4N8uFwSipC');
  });

  it('is the same whatever the order of keys, at every depth', () => {
    const shuffled = (value: object): fc.Arbitrary<string> =>
      fc.shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length }).map((entries) => JSON.stringify(Object.fromEntries(entries)));
    fc.assert(
      fc.property(shuffled(full), shuffled(full.can), (text, can) => {
        expect(digest(text.replace(JSON.stringify(full.can), can))).toBe(digest(full));
      }),
    );
  });

  it('is the same whatever the notation of time and of numbers, and whether null is said', () => {
    const at = Date.UTC(2026, 10, 23, 13, 4, 10);
    for (const time of [at, '2026-11-23T13:04:10Z', '2026-11-23t13:04:10.0000z', '2026-11-23T07:34:10-05:30'])
      expect(digest({ ...full, time })).toBe(digest(full));
    expect(digest(JSON.stringify(full).replace('18240', '1.824e4').replace('"headingDeg":92', '"headingDeg":92.0'))).toBe(digest(full));
    expect(digest({ time: at, lat: 1, lon: 2, speedKmh: null, bed: null, note: null })).toBe(digest({ time: at, lat: 1, lon: 2 }));
    expect(digest({ time: at, lat: 1, lon: 2, fix: true })).toBe(digest({ time: at, lat: 1, lon: 2 }));
    expect(digest('{"time":1,"lat":1,"lon":-0.0,"speedKmh":-0,"x":-0}')).toBe(digest('{"time":1,"lat":1,"lon":0,"speedKmh":0,"x":0}'));
  });

  it('is the same live and inside a buffered upload', () => {
    expect(digest({ ...full, buffered: true })).toBe(digest(full));
    expect(decoded({ ...full, buffered: true }).buffered).toBe(true);
  });

  it('is another when any field is another, 0 and not said included', () => {
    const others: object[] = [
      { time: '2026-11-23T21:04:10.001+08:00' },
      { lat: 31.69231 },
      { lon: 113.37811 },
      { speedKmh: 0 },
      { speedKmh: null },
      { headingDeg: 93 },
      { altitudeM: 0 },
      { accuracyM: null },
      { satellites: 13 },
      { odometerKm: 88123.5 },
      { ignition: false },
      { ignition: null },
      { bed: 'raised' },
      { bed: 'fault' },
      { bed: null },
      { bedAngleDeg: 0 },
      { cover: 'closed' },
      { cover: null },
      { loadKg: 18241 },
      { loadState: 'full' },
      { seq: 4712 },
      { seq: null },
      { firmware: '4.1.1' },
      { firmware: null },
      { can: { rpm: 1180 } },
      { can: { ...full.can, list: [{ b: 1, a: 2 }, 1] } },
      { can: JSON.stringify(full.can) },
      { more: 0 },
    ];
    const digests = [full, ...others.map((other) => ({ ...full, ...other }))].map((wire) => digest(wire));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('takes no value of one field for that of its neighbour', () => {
    const of = (wire: object) => digest({ time: 1, lat: 1, lon: 2, ...wire });
    expect(of({ speedKmh: 7 })).not.toBe(of({ headingDeg: 7 }));
    expect(of({ bed: 'fault' })).not.toBe(of({ cover: 'fault' }));
    expect(of({ a: 'x,"b":1' })).not.toBe(of({ a: 'x', b: 1 }));
  });
});
