import { groupsOf, merged } from './order.js';
import { noticeOf } from './testing.js';

describe('the order in which notices are looked at', () => {
  it('overdue first, then sent back, then by deadline; without a deadline last', () => {
    const { waiting } = groupsOf([
      noticeOf({ id: 'no-deadline', deadline: null }),
      noticeOf({ id: 'tomorrow', deadline: '2026-11-29T09:00:00Z' }),
      noticeOf({ id: 'tonight', deadline: '2026-11-28T14:00:00Z', status: 'acknowledged' }),
      noticeOf({ id: 'sent-back', status: 'sent-back', deadline: '2026-11-30T09:00:00Z' }),
      noticeOf({ id: 'overdue', overdue: true, deadline: '2026-11-28T12:00:00Z' }),
    ]);
    expect(waiting.map(({ id }) => id)).toEqual(['overdue', 'sent-back', 'tonight', 'tomorrow', 'no-deadline']);
  });

  it('the graver first where both are due at once', () => {
    const { waiting } = groupsOf([noticeOf({ id: 'minor', severity: 'minor' }), noticeOf({ id: 'critical', severity: 'critical' })]);
    expect(waiting.map(({ id }) => id)).toEqual(['critical', 'minor']);
  });

  it('an answer is under review until somebody decides about it', () => {
    const groups = groupsOf([
      noticeOf({ id: 'a', status: 'rectified' }),
      noticeOf({ id: 'b', status: 'objected' }),
      noticeOf({ id: 'c', status: 'accepted' }),
      noticeOf({ id: 'd', status: 'withdrawn' }),
    ]);
    expect(groups.waiting).toEqual([]);
    expect(groups.reviewing.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(groups.done.map(({ id }) => id)).toEqual(['c', 'd']);
  });
});

describe('what is known of a notice', () => {
  it('never goes back to an earlier version, however late that comes', () => {
    const now = merged(new Map(), [noticeOf({ version: 3, status: 'accepted' })]);
    const then = merged(now, [noticeOf({ version: 2, status: 'rectified' })]);
    expect(then.get('n1')?.status).toBe('accepted');
  });
});
