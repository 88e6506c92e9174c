import { at, clock, east } from '@muckwatch/domain/testing';
import { columnsOf } from './fix-page.js';
import type { Seen } from './fix.store.js';
import { thinned } from './thinned.js';

const fix = (s: number, said: Partial<Seen> = {}): Seen => ({
  ...at(clock('08:00:00') + s * 1_000),
  late: false,
  doubt: null,
  speedKmh: 30,
  ...said,
});
const seconds = (fixes: Seen[]) => fixes.map((one) => (one.at - clock('08:00:00')) / 1_000);
const minute = (said: (s: number) => Partial<Seen> = () => ({})) => Array.from({ length: 60 }, (_, s) => fix(s, said(s)));

describe('thinned reports', () => {
  it('are the ends of each stretch', () => {
    expect(seconds(thinned(minute(), 30))).toEqual([0, 29, 30, 59]);
    expect(thinned(minute(), 0)).toHaveLength(60);
  });

  it('keep every peak', () => {
    const peaks = minute((s) => ({ speedKmh: s === 13 ? 91 : s === 44 ? 2 : 30, loadKg: s === 50 ? 17_000 : 100, bedAngleDeg: s === 20 ? 45 : 0 }));
    expect(seconds(thinned(peaks, 30))).toEqual([0, 13, 20, 29, 30, 44, 50, 59]);
  });

  it('keep both ends of a jump, which is none over half a minute', () => {
    expect(
      seconds(
        thinned(
          minute((s) => ({ point: east(s < 14 ? 0 : 700) })),
          30,
        ),
      ),
    ).toEqual([0, 13, 14, 29, 30, 59]);
  });

  it('keep every change, and what is doubted', () => {
    const changed = minute((s) => ({ cover: s >= 7 && s < 9 ? 'open' : 'closed', doubt: s === 40 ? 'jump' : null }));
    expect(seconds(thinned(changed, 30))).toEqual([0, 7, 9, 29, 30, 40, 41, 59]);
  });
});

describe('columns', () => {
  it('have what was said, and are left out where nothing was', () => {
    const columns = columnsOf([fix(0, { point: [113.123456789, 31.5], speedKmh: 0 }), fix(1, { speedKmh: null, cover: 'open', late: true })]);
    expect(columns).toMatchObject({ lat: [31.5, 31.69], lon: [113.123457, 113.38], speedKmh: [0, null], cover: [null, 'open'], late: [false, true] });
    expect([columns.doubt, columns.bed, columns.loadKg]).toEqual([null, null, null]);
  });
});
