import { type Choices, digestAt, MOST_ATTEMPTS, planSending, retryAt, type WaitingMessage } from './notice-sending.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js';

/** Wuhan: 14:00 and 23:30 there. */
const AFTERNOON = Date.parse('2026-11-28T06:00:00Z');
const NIGHT = Date.parse('2026-11-28T15:30:00Z');
const MORNING = Date.parse('2026-11-28T23:00:00Z');
const utcOffset = () => 480;
const NIGHTS = [{ from: '22:00', to: '07:00' }];
const choices = (fields: Partial<Choices> = {}): Choices => ({ quietHours: null, messagesPerHour: 20, ...fields });
const message = (id: string, fields: Partial<WaitingMessage> = {}): WaitingMessage => ({
  id,
  telling: id,
  severity: 'serious',
  urgent: false,
  queuedAt: AFTERNOON,
  ...fields,
});
const many = (count: number, fields: Partial<WaitingMessage> = {}) =>
  Array.from({ length: count }, (_, i) => message(`m${i}`, { queuedAt: AFTERNOON + i, ...fields }));
const plan = (waiting: WaitingMessage[], chosen: Choices, spent = 0, at = AFTERNOON) => planSending(waiting, chosen, spent, at, utcOffset);

describe('a message', () => {
  it('goes now where nothing speaks against it', () => {
    expect(plan([message('a')], choices())).toEqual({ send: ['a'], hold: [], fold: [] });
  });

  it('waits for the end of quiet hours', () => {
    expect(plan([message('a')], choices({ quietHours: NIGHTS }), 0, NIGHT)).toEqual({ send: [], hold: [{ id: 'a', until: MORNING }], fold: [] });
    expect(plan([message('a')], choices({ quietHours: NIGHTS }), 0, MORNING)).toMatchObject({ send: ['a'] });
  });

  it('passes quiet hours where it is urgent', () => {
    expect(plan([message('a', { urgent: true, severity: 'critical' }), message('b')], choices({ quietHours: NIGHTS }), 0, NIGHT)).toMatchObject({
      send: ['a'],
      hold: [{ id: 'b' }],
    });
  });

  it('past the hour’s budget is folded: the gravest go, then the earliest', () => {
    const waiting = [...many(25), message('grave', { urgent: true, severity: 'critical', queuedAt: AFTERNOON + 99 })];
    const { send, fold } = plan(waiting, choices());
    expect(send).toEqual(['grave', ...Array.from({ length: 19 }, (_, i) => `m${i}`)]);
    expect(fold).toHaveLength(6);
    expect(plan(waiting, choices(), 20)).toMatchObject({ send: [], fold: { length: 26 } });
  });

  it('is sent by all channels or by none', () => {
    const by = (channel: string, telling: string) => message(`${telling}-${channel}`, { telling });
    const waiting = ['one', 'two'].flatMap((telling) => [by('mail', telling), by('robot', telling)]);
    expect(plan(waiting, choices({ messagesPerHour: 3 }))).toMatchObject({ send: ['one-mail', 'one-robot'], fold: ['two-mail', 'two-robot'] });
    expect(plan(waiting, choices({ messagesPerHour: 1 }))).toMatchObject({ send: ['one-mail', 'one-robot'], fold: { length: 2 } });
  });

  it('of a storm is one of tens, not of thousands', () => {
    expect(plan(many(1_000, { urgent: true, severity: 'critical' }), choices())).toMatchObject({ send: { length: 20 }, fold: { length: 980 } });
  });
});

describe('a digest', () => {
  it('gathers for a minute, and comes once an hour', () => {
    expect(digestAt(AFTERNOON, null)).toBe(AFTERNOON + MINUTE_MS);
    expect(digestAt(AFTERNOON, AFTERNOON - 10 * MINUTE_MS)).toBe(AFTERNOON + 50 * MINUTE_MS);
    expect(digestAt(AFTERNOON, AFTERNOON - DAY_MS)).toBe(AFTERNOON + MINUTE_MS);
  });
});

describe('a message that failed', () => {
  const failed = (attempts: number, fields: object = {}) => ({ attempts, queuedAt: AFTERNOON, retryAfterMs: null, ...fields });
  const wait = (attempts: number, chance = 0.5) => retryAt(failed(attempts), AFTERNOON, chance)! - AFTERNOON;

  it('is tried again after 30 s, then after twice as long each time, up to 4 h', () => {
    expect([1, 2, 3, 4].map((attempts) => wait(attempts))).toEqual([30, 60, 120, 240].map((s) => s * SECOND_MS));
    expect(wait(11)).toBe(4 * HOUR_MS);
  });

  it('comes back a fifth earlier or later than others', () => {
    expect(wait(1, 0)).toBe(24 * SECOND_MS);
    expect(wait(1, 0.999)).toBeGreaterThan(35 * SECOND_MS);
  });

  it('waits at least for as long as the receiver asks', () => {
    expect(retryAt(failed(1, { retryAfterMs: 10 * MINUTE_MS }), AFTERNOON, 0.5)).toBe(AFTERNOON + 10 * MINUTE_MS);
    expect(retryAt(failed(1, { retryAfterMs: 1 }), AFTERNOON, 0.5)).toBe(AFTERNOON + 30 * SECOND_MS);
  });

  it('is given up after twelve attempts or a day', () => {
    expect(retryAt(failed(MOST_ATTEMPTS), AFTERNOON, 0.5)).toBeNull();
    expect(retryAt(failed(MOST_ATTEMPTS - 1), AFTERNOON, 0.5)).not.toBeNull();
    expect(retryAt(failed(2, { queuedAt: AFTERNOON - DAY_MS }), AFTERNOON, 0.5)).toBeNull();
    expect(retryAt(failed(1, { retryAfterMs: 2 * DAY_MS }), AFTERNOON, 0.5)).toBeNull();
  });

  it('is tried for half a day and more before it is given up by count', () => {
    let at = AFTERNOON;
    for (let attempts = 1; attempts < MOST_ATTEMPTS; attempts++) at = retryAt(failed(attempts), at, 0.5)!;
    expect(at - AFTERNOON).toBeGreaterThan(12 * HOUR_MS);
    expect(at - AFTERNOON).toBeLessThan(DAY_MS);
  });
});
