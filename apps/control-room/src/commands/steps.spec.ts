import { at, command } from '../told/testing.js';
import { commandsFor, controlsInForce, kmhTyped, lastWordOf, secondsTyped, stopsOf } from './steps.js';

const said = (...steps: [status: 'asked' | 'queued' | 'sent' | 'received' | 'done' | 'expired' | 'refused', clock: string][]) =>
  steps.map(([status, clock]) => ({ status, at: at(clock), detail: null }));

describe('a command’s way', () => {
  it('shows what is behind it and what lies ahead', () => {
    const sent = command({ status: 'sent', steps: said(['queued', '13:05:00'], ['sent', '13:05:01']) });
    expect(stopsOf(sent).map(({ status, state }) => [status, state])).toEqual([
      ['queued', 'past'],
      ['sent', 'now'],
      ['received', 'ahead'],
      ['done', 'ahead'],
    ]);
  });

  it('begins with the asking where it is a control', () => {
    const asked = command({ kind: 'limit-lift', status: 'asked', steps: said(['asked', '13:05:00']) });
    expect(stopsOf(asked)[0]).toMatchObject({ status: 'asked', state: 'now' });
    expect(stopsOf(asked)).toHaveLength(5);
  });

  it('has nothing ahead after a bad end', () => {
    const expired = command({ status: 'expired', steps: said(['queued', '13:05:00'], ['expired', '13:10:00']) });
    expect(stopsOf(expired).map(({ state }) => state)).toEqual(['past', 'bad']);
  });

  it('is wholly behind once done, though the terminal skipped a step', () => {
    const done = command({ status: 'done', steps: said(['queued', '13:05:00'], ['sent', '13:05:01'], ['done', '13:05:02']) });
    expect(stopsOf(done).map(({ state, at }) => [state, at !== null])).toEqual([
      ['past', true],
      ['past', true],
      ['past', false],
      ['past', true],
    ]);
  });
});

it('knows which controls hold a truck', () => {
  const now = Date.parse(at('13:30:00'));
  const control = command({ kind: 'limit-speed', status: 'done', releasesAt: at('14:00:00') });
  expect(controlsInForce([control], now)).toEqual([control]);
  expect(controlsInForce([{ ...control, releasedBy: 'c9' }], now)).toEqual([]);
  expect(controlsInForce([{ ...control, releasesAt: at('13:29:00') }], now)).toEqual([]);
  expect(controlsInForce([command({ status: 'done' })], now)).toEqual([]);
});

it('shows with an incident its own commands and what is still under way', () => {
  const now = Date.parse(at('13:30:00'));
  const own = command({ id: 'c1', status: 'done' });
  const other = command({ id: 'c2', status: 'done', alertId: 'a9' });
  const going = command({ id: 'c3', alertId: null, askedAt: at('13:04:00') });
  const { shown, earlier } = commandsFor([own, other, going], ['a1'], now);
  expect(shown.map(({ id }) => id)).toEqual(['c3', 'c1']);
  expect(earlier).toEqual([other]);
  expect(commandsFor([own, other], null, now).shown).toHaveLength(2);
});

it('knows the last word to the driver of an incident', () => {
  const later = command({ id: 'c2', kind: 'display', askedAt: at('13:06:00') });
  const photo = command({ id: 'c3', kind: 'capture', askedAt: at('13:07:00') });
  expect(lastWordOf([later, command(), photo], ['a1'])?.id).toBe('c2');
  expect(lastWordOf([later], ['a2'])).toBeNull();
});

it('takes numbers as people type them', () => {
  expect(['0', ' 40 ', '120', '121', '', 'x'].map(kmhTyped)).toEqual([0, 40, 120, null, null, null]);
  expect(['10', '0', '3601', '1.5', ''].map(secondsTyped)).toEqual([10, null, null, null, null]);
});
