import { Waiting } from './waiting.js';

describe('Waiting', () => {
  it('counts packets and bytes, each end once', () => {
    const waiting = new Waiting();
    const first = waiting.begin(100, 0);
    waiting.begin(20, 0);
    first(1);
    first(2);
    expect([waiting.count, waiting.bytes]).toEqual([1, 20]);
  });

  it('stalls by the time without any commit, not by the age of a packet', () => {
    const waiting = new Waiting();
    expect(waiting.stalledMs(9_000)).toBe(0);
    const first = waiting.begin(1, 10_000);
    waiting.begin(1, 13_000);
    expect(waiting.stalledMs(14_000)).toBe(4_000);
    first(14_000);
    expect(waiting.stalledMs(15_000)).toBe(1_000);
    waiting.restart(15_000);
    expect(waiting.stalledMs(15_500)).toBe(500);
  });

  it('begins anew with the first packet after a quiet time', () => {
    const waiting = new Waiting();
    waiting.begin(1, 0)(10);
    waiting.begin(1, 60_000);
    expect(waiting.stalledMs(60_100)).toBe(100);
  });
});
