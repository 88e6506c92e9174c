import { afterNoticeStep, NOTICE_STATUSES, NOTICE_STEPS, NOTICE_TRANSITIONS, type NoticeStatus, volumeLevel } from './notice.js';

describe('a notice', () => {
  it('is acknowledged, answered and reviewed', () => {
    expect(afterNoticeStep('open', 'acknowledge')).toBe('acknowledged');
    expect(afterNoticeStep('acknowledged', 'rectify')).toBe('rectified');
    expect(afterNoticeStep('rectified', 'accept')).toBe('accepted');
  });

  it('that was sent back is answered again', () => {
    expect(afterNoticeStep('objected', 'send-back')).toBe('sent-back');
    expect(afterNoticeStep('sent-back', 'rectify')).toBe('rectified');
  });

  it('is not accepted before it is answered, nor answered after it is accepted', () => {
    expect(afterNoticeStep('acknowledged', 'accept')).toBeNull();
    expect(afterNoticeStep('accepted', 'object')).toBeNull();
  });

  it('that is withdrawn takes no step', () => {
    for (const step of NOTICE_STEPS) expect(afterNoticeStep('withdrawn', step)).toBeNull();
  });

  it('can reach every status but withdrawn by steps of people', () => {
    const reached = new Set<NoticeStatus>(['open']);
    for (let size = 0; size < reached.size;) {
      size = reached.size;
      for (const { from, to } of Object.values(NOTICE_TRANSITIONS)) if (from.some((status) => reached.has(status))) reached.add(to);
    }
    expect([...reached].sort()).toEqual(NOTICE_STATUSES.filter((status) => status !== 'withdrawn').sort());
  });
});

describe('a permit’s volume', () => {
  it('is told at 90 and at 100 %, not before', () => {
    expect(volumeLevel(899, 1_000)).toBeNull();
    expect(volumeLevel(900, 1_000)).toBe('volume-90');
    expect(volumeLevel(999, 1_000)).toBe('volume-90');
    expect(volumeLevel(1_000, 1_000)).toBe('volume-100');
    expect(volumeLevel(2_000, 1_000)).toBe('volume-100');
  });
});
