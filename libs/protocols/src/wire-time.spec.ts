import fc from 'fast-check';
import { UnreadablePayload } from './unreadable.js';
import { LAST_MS, readTime } from './wire-time.js';

const fault = (value: unknown) => {
  try {
    return readTime(value, 'time');
  } catch (error) {
    if (error instanceof UnreadablePayload) return error.detail.replace('; RFC 3339 with offset or epoch milliseconds is needed', '');
    throw error;
  }
};

describe('a time on the wire', () => {
  const at = Date.UTC(2026, 10, 23, 13, 4, 10);

  it.each([
    ['2026-11-23T21:04:10+08:00', at],
    ['2026-11-23T13:04:10Z', at],
    ['2026-11-23t13:04:10z', at],
    ['2026-11-23T13:04:10-00:00', at],
    ['2026-11-23T07:34:10-05:30', at],
    ['2026-11-23T13:04:10.5Z', at + 500],
    ['2026-11-23T13:04:10.05Z', at + 50],
    ['2026-11-23T13:04:10.9999999999Z', at + 999],
    [`2026-11-23T13:04:10.${'1'.repeat(1_000)}+00:00`, at + 111],
    [at, at],
    [0, 0],
    [LAST_MS, LAST_MS],
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T08:00:00+08:00', 0],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
    ['9999-12-31T23:59:59.999Z', LAST_MS],
  ])('reads %s', (value, expected) => {
    expect(readTime(value, 'time')).toBe(expected);
  });

  it.each([
    ['2026-11-23T21:04:10', 'time "2026-11-23T21:04:10" has no offset'],
    ['2026-11-23T21:04:10.5', 'time "2026-11-23T21:04:10.5" has no offset'],
    ['2026-11-23 21:04:10+08:00', 'time "2026-11-23 21:04:10+08:00" is not a time'],
    ['2026-11-23T21:04+08:00', 'time "2026-11-23T21:04+08:00" is not a time'],
    ['2026-11-23', 'time "2026-11-23" is not a time'],
    ['2026-11-23T21:04:10+0800', 'time "2026-11-23T21:04:10+0800" is not a time'],
    ['2026-11-23T21:04:10+08', 'time "2026-11-23T21:04:10+08" is not a time'],
    ['2026-11-23T21:04:10 +08:00', 'time "2026-11-23T21:04:10 +08:00" is not a time'],
    ['2026-11-23T21:04:10.Z', 'time "2026-11-23T21:04:10.Z" is not a time'],
    ['2026-11-23T21:04:10,5Z', 'time "2026-11-23T21:04:10,5Z" is not a time'],
    ['2026-11-23T21:04:10ZZ', 'time "2026-11-23T21:04:10ZZ" is not a time'],
    ['２026-11-23T21:04:10Z', 'time "２026-11-23T21:04:10Z" is not a time'],
    ['1795439050000', 'time "1795439050000" is not a time'],
    ['', 'time "" is not a time'],
    ['2026-02-30T21:04:10Z', 'time "2026-02-30T21:04:10Z" is on no calendar or clock'],
    ['2026-02-29T21:04:10Z', 'time "2026-02-29T21:04:10Z" is on no calendar or clock'],
    ['2100-02-29T21:04:10Z', 'time "2100-02-29T21:04:10Z" is on no calendar or clock'],
    ['2026-04-31T21:04:10Z', 'time "2026-04-31T21:04:10Z" is on no calendar or clock'],
    ['2026-00-10T21:04:10Z', 'time "2026-00-10T21:04:10Z" is on no calendar or clock'],
    ['2026-13-10T21:04:10Z', 'time "2026-13-10T21:04:10Z" is on no calendar or clock'],
    ['2026-11-00T21:04:10Z', 'time "2026-11-00T21:04:10Z" is on no calendar or clock'],
    ['2026-11-23T24:00:00Z', 'time "2026-11-23T24:00:00Z" is on no calendar or clock'],
    ['2026-11-23T23:60:00Z', 'time "2026-11-23T23:60:00Z" is on no calendar or clock'],
    ['2016-12-31T23:59:60Z', 'time "2016-12-31T23:59:60Z" is on no calendar or clock'],
    ['2026-11-23T21:04:10+24:00', 'time "2026-11-23T21:04:10+24:00" has an offset that no clock has'],
    ['2026-11-23T21:04:10+08:60', 'time "2026-11-23T21:04:10+08:60" has an offset that no clock has'],
    ['1969-12-31T23:59:59Z', 'time "1969-12-31T23:59:59Z" is not within 1970…9999'],
    ['0001-01-01T00:00:00Z', 'time "0001-01-01T00:00:00Z" is not within 1970…9999'],
    ['9999-12-31T23:59:59-01:00', 'time "9999-12-31T23:59:59-01:00" is not within 1970…9999'],
    [-1, 'time -1 is not within 1970…9999'],
    [LAST_MS + 1, `time ${LAST_MS + 1} is not within 1970…9999`],
    [1e300, 'time 1e+300 is not within 1970…9999'],
    [Infinity, 'time Infinity is not within 1970…9999'],
    [1_795_439_050_000.5, 'time 1795439050000.5 is not a whole number of milliseconds'],
    [true, 'time true is a boolean'],
    [null, 'time null is null'],
    [[], 'time an array of 0 is an array'],
  ])('refuses %s', (value, detail) => {
    expect(fault(value)).toBe(detail);
  });

  it('agrees with Date on every instant in every offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LAST_MS - 86_400_000 }), fc.integer({ min: -1_439, max: 1_439 }), (ms, offset) => {
        const local = new Date(ms + offset * 60_000);
        if (local.getTime() < 0) return;
        const size = Math.abs(offset);
        const clock = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        expect(readTime(local.toISOString().replace('Z', (offset < 0 ? '-' : '+') + clock), 'time')).toBe(ms);
      }),
    );
  });

  it('reads a text or throws UnreadablePayload, whatever it is', () => {
    const near = fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{0,4})?([Zz]|[+-][0-9]{2}:?[0-9]{2})?$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.string(), fc.anything()), (value) => {
        const result = fault(value);
        if (typeof result === 'string') return;
        expect(Number.isInteger(result) && result >= 0 && result <= LAST_MS).toBe(true);
        // What we read, Date reads too, and as the same.
        if (typeof value === 'string') expect(new Date(value.toUpperCase().replace(/(\.\d{3})\d+/, '$1')).getTime()).toBe(result);
      }),
    );
  });
});
