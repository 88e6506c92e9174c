import type { CameraResource } from '@muckwatch/contract';
import { bySilence } from './silence.js';

const NOW = Date.parse('2026-11-29T20:00:00Z');
const HOUR_MS = 3_600_000;
const camera = (id: string) => ({ id }) as CameraResource;

it('puts cameras apart that have seen nothing for twelve hours: what fell silent last first, what never saw anything last', () => {
  const seen = new Map([
    ['a', NOW - 40 * HOUR_MS],
    ['b', NOW - HOUR_MS],
    ['c', null],
    ['d', NOW - 12 * HOUR_MS - 1],
    ['e', NOW - 12 * HOUR_MS],
  ]);
  const { silent, seeing } = bySilence(['a', 'b', 'c', 'd', 'e', 'f'].map(camera), seen, NOW);
  expect(silent.map(({ id }) => id)).toEqual(['d', 'a', 'c', 'f']);
  expect(seeing.map(({ id }) => id)).toEqual(['b', 'e']);
});
