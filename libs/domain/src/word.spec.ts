import { RULE_CODES } from './alert.js';
import { CORRECTION_MS, putRightAt, type Tellable, wordFor } from './word.js';

const alert = (rule: Tellable['rule'], evidence: Tellable['evidence'] = {}, other: Partial<Tellable> = {}): Tellable => ({
  rule,
  evidence,
  ended: null,
  late: false,
  snoozed: false,
  ...other,
});

describe('the word to the driver', () => {
  it('says what is wrong and what to do', () => {
    expect(wordFor(alert('uncovered-load'))).toBe('您的车辆顶盖未关闭，请就近安全停车，关好顶盖后再行驶。');
    expect(wordFor(alert('speeding', { maxSpeedKmh: 71, limitKmh: 40 }))).toBe('您已超速，此处限速40公里，请减速行驶。');
    expect(wordFor(alert('spill', { kind: 'raised-bed' }))).toContain('放下车斗');
    expect(wordFor(alert('spill', { kind: 'load-loss' }))).toContain('检查');
    expect(wordFor(alert('no-go', { kind: 'inside' }))).toContain('驶离');
  });

  it('is said of what the driver can put right himself, and of nothing else', () => {
    expect(RULE_CODES.filter((rule) => wordFor(alert(rule)) !== null)).toEqual([
      'uncovered-load',
      'spill',
      'off-route',
      'no-go',
      'speeding',
      'unwashed-departure',
      'uncovered-departure',
      'long-stop',
      'curfew',
    ]);
    expect(wordFor(alert('no-go', { kind: 'through' }))).toBeNull();
  });

  it('is not said late, nor of what is snoozed', () => {
    expect(wordFor(alert('uncovered-load', {}, { late: true }))).toBeNull();
    expect(wordFor(alert('uncovered-load', {}, { snoozed: true }))).toBeNull();
  });

  it('is short enough for one command and without control characters', () => {
    for (const rule of RULE_CODES) expect(wordFor(alert(rule)) ?? '好').toMatch(/^[^\p{Cc}]{1,500}$/u);
  });
});

describe('an episode after a word', () => {
  const told = { sentAt: 10_000, doneAt: 12_000 };

  it('is put right when it ends in time, counted from when the word was spoken', () => {
    expect(putRightAt(told, 60_000)).toBe(60_000);
    expect(putRightAt(told, 12_000 + CORRECTION_MS)).toBe(12_000 + CORRECTION_MS);
    expect(putRightAt(told, 12_001 + CORRECTION_MS)).toBeNull();
    expect(putRightAt(told, 100_000, 60_000)).toBeNull();
  });

  it('may end while the word is still being spoken, but not before it was sent', () => {
    expect(putRightAt(told, 11_000)).toBe(11_000);
    expect(putRightAt(told, 9_999)).toBeNull();
  });

  it('is not put right while it goes on', () => {
    expect(putRightAt(told, null)).toBeNull();
  });
});
