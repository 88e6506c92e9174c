import { HELD, heldOf } from './held.js';
import { tapeOf } from './tape.js';
import { NOON, pageOf } from './testing.js';

const time = (s: number) => NOON + s * 1_000;
const iso = (s: number) => new Date(time(s)).toISOString();

it('colours the way by the worst that held', () => {
  const tape = tapeOf('t1', [pageOf([{ s: 0 }, { s: 10 }, { s: 20, cover: 'open' }, { s: 30, cover: 'open' }, { s: 40, cover: 'open' }, { s: 50 }])]);
  const loads = [
    { from: iso(5), to: iso(15), load: 'empty' as const },
    { from: iso(15), to: iso(50), load: 'loaded' as const },
  ];
  const alerts = [
    { from: time(30), to: time(40), severity: 'critical' as const },
    { from: time(25), to: time(50), severity: 'minor' as const },
  ];
  const names = (of: Uint8Array) => [...of].map((i) => HELD[i]);
  expect(names(heldOf(tape, loads, alerts))).toEqual(['unknown', 'empty', 'uncovered', 'critical', 'critical', 'minor']);
  expect(names(heldOf(tape, loads, []))).toEqual(['unknown', 'empty', 'uncovered', 'uncovered', 'uncovered', 'loaded']);
});
