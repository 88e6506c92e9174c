import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { deadlineSays } from './deadline.js';
import { noticeOf } from './testing.js';

const ZONE = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);
const due = (deadline: string | null) => noticeOf({ deadline: deadline === null ? null : new Date(at(deadline)).toISOString() });

describe('a deadline in words', () => {
  it('says this evening in the city’s time and what is left', () => {
    const says = deadlineSays(due('2026-11-28T22:00:00'), at('2026-11-28T21:08:00'), ZONE, zh);
    expect(says).toEqual({ words: '请在今晚 22:00 前答复', left: '剩 52 分', state: 'soon' });
  });

  it('says tomorrow, and later the day of the week', () => {
    expect(deadlineSays(due('2026-11-29T09:30:00'), at('2026-11-28T21:00:00'), ZONE, zh)?.words).toBe('请在明天 09:30 前答复');
    expect(deadlineSays(due('2026-12-04T17:00:00'), at('2026-11-28T21:00:00'), ZONE, zh)?.words).toBe('请在周五 12-04 17:00 前答复');
    expect(deadlineSays(due('2027-01-04T17:00:00'), at('2026-12-30T21:00:00'), ZONE, en)?.words).toBe('Answer by Mon 2027-01-04 17:00');
  });

  it('says by how much it is over', () => {
    expect(deadlineSays(due('2026-11-28T20:00:00'), at('2026-11-28T23:10:00'), ZONE, en)).toEqual({
      words: 'Was due tonight 20:00',
      left: '3 h 10 min overdue',
      state: 'over',
    });
  });

  it('no longer presses once it is answered, and says nothing once it is settled', () => {
    const answered = { ...due('2026-11-28T20:00:00'), status: 'rectified' as const };
    expect(deadlineSays(answered, at('2026-11-28T23:00:00'), ZONE, zh)?.state).toBe('answered');
    expect(deadlineSays({ ...answered, status: 'accepted' }, at('2026-11-28T23:00:00'), ZONE, zh)).toBeNull();
  });

  it('says so where there is none', () => {
    expect(deadlineSays(due(null), at('2026-11-28T23:00:00'), ZONE, zh)?.state).toBe('none');
  });
});
