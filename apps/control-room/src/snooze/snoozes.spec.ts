import type { Snooze } from '@muckwatch/contract';
import { inForceAt, snoozeOf } from './snoozes.js';

const at = (time: string) => `2026-11-23T${time}.000Z`;
const now = Date.parse(at('13:00:00'));
const aSnooze = (said: Partial<Snooze>): Snooze => ({
  id: 's1',
  truckId: 't1',
  rule: 'spill',
  until: at('14:00:00'),
  reason: '在修理厂',
  by: '夜班',
  createdAt: at('12:00:00'),
  endedAt: null,
  ...said,
});

it('are in force until their time or until somebody ends them, the next to end first', () => {
  const items = [
    aSnooze({ id: 'late', until: at('18:00:00') }),
    aSnooze({ id: 'over', until: at('12:59:59') }),
    aSnooze({ id: 'ended', endedAt: at('12:30:00') }),
    aSnooze({ id: 'soon' }),
  ];
  expect(inForceAt(items, now).map(({ id }) => id)).toEqual(['soon', 'late']);
});

it('of one truck and rule the longest counts', () => {
  const inForce = inForceAt([aSnooze({ id: 'a' }), aSnooze({ id: 'b', until: at('15:00:00') }), aSnooze({ id: 'c', rule: 'speeding' })], now);
  expect(snoozeOf(inForce, 't1', 'spill')?.id).toBe('b');
  expect(snoozeOf(inForce, 't2', 'spill')).toBeNull();
  expect(snoozeOf(inForce, null, 'spill')).toBeNull();
});
