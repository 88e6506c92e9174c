import { hashOf, replayOf, saidOf } from './address.js';

const read = (hash: string) => saidOf(new URLSearchParams(hash.split('?')[1]));
const from = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;

it('says everything and is read back', () => {
  const said = { trucks: ['t1', 't-2'], from, to: from + HOUR, at: from + 61_000, speed: 60 as const };
  expect(hashOf(said)).toBe('#/playback?trucks=t1,t-2&from=2026-11-23T12:00:00Z&to=2026-11-23T13:00:00Z&at=2026-11-23T12:01:01Z&speed=60');
  expect(read(hashOf(said))).toEqual(said);
  expect(read('#/playback')).toEqual({ trucks: [], from: null, to: null, at: null, speed: 15 });
});

it('takes nothing that cannot be shown', () => {
  expect(read('#/playback?trucks=a,a,,b%3C,c').trucks).toEqual(['a', 'c']);
  expect(read(`#/playback?trucks=${'abcdefghijk'.split('').join(',')}`).trucks).toHaveLength(8);
  expect(read('#/playback?from=2026-11-23T13:00:00Z&to=2026-11-23T12:00:00Z')).toMatchObject({ from: null, to: null });
  expect(read('#/playback?from=2026-11-01T00:00:00Z&to=2026-11-23T12:00:00Z')).toMatchObject({ from: null, to: null });
  expect(read('#/playback?from=2026-11-23T12:00:00Z&to=2026-11-23T13:00:00Z&at=2026-11-24T00:00:00Z&speed=7')).toMatchObject({ at: from + HOUR, speed: 15 });
});

it('replays an incident from a quarter of an hour before it', () => {
  const now = from + 40 * 24 * HOUR;
  expect(read(replayOf('t1', from, from + HOUR, now))).toMatchObject({ trucks: ['t1'], from: from - HOUR / 4, to: from + 1.25 * HOUR, at: from - 60_000 });
  expect(read(replayOf('t1', from, from + 30 * 24 * HOUR, now)).from).toBe(from - HOUR / 4);
  expect(read(replayOf('t1', from, from + 60_000, from + 2 * 60_000)).to).toBe(from + 2 * 60_000);
});
