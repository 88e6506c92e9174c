import { permitNow, type Validity } from './permitNow.js';

const SUIZHOU = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`);
const iso = (text: string) => new Date(at(text)).toISOString();
const permit = (more: Partial<Validity> = {}): Validity => ({
  hours: [{ from: '21:00', to: '05:00' }],
  validFrom: null,
  validTo: null,
  retired: false,
  ...more,
});
const stands = (more: Partial<Validity>, time: string) => permitNow(permit(more), at(time), SUIZHOU);

describe('a permit now', () => {
  it('is active day and night; its window opens and closes', () => {
    expect(stands({}, '23T12:00')).toEqual({ period: 'active', open: false, until: at('23T21:00') });
    expect(stands({}, '23T22:00')).toEqual({ period: 'active', open: true, until: at('24T05:00') });
  });

  it('is good from its first moment up to, not with, its last', () => {
    const more = { hours: null, validFrom: iso('23T08:00'), validTo: iso('24T08:00') };
    expect(['23T07:59', '23T08:00', '24T07:59', '24T08:00'].map((time) => stands(more, time).period)).toEqual(['not-yet', 'active', 'active', 'expired']);
  });

  it('closes with its validity where that ends before the window', () => {
    expect(stands({ validTo: iso('24T00:00') }, '23T22:00')).toEqual({ period: 'active', open: true, until: at('24T00:00') });
    expect(stands({ validTo: iso('23T20:00') }, '23T12:00')).toEqual({ period: 'active', open: false, until: null });
  });

  it('opens with its first window once it has begun', () => {
    expect(stands({ validFrom: iso('24T08:00') }, '23T22:00')).toEqual({ period: 'not-yet', open: false, until: at('24T21:00') });
    expect(stands({ validFrom: iso('24T02:00') }, '23T22:00')).toEqual({ period: 'not-yet', open: false, until: at('24T02:00') });
  });

  it('is retired whatever its dates say', () => {
    expect(stands({ retired: true, validTo: iso('20T00:00') }, '23T22:00')).toEqual({ period: 'retired', open: false, until: null });
  });

  it('without hours and end is open for good', () => {
    expect(stands({ hours: null }, '23T12:00')).toEqual({ period: 'active', open: true, until: null });
  });
});
