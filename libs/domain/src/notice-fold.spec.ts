import { fold, type NoticedAlert, type NoticeSoFar, stands } from './notice-fold.js';

const alert = (id: string, fields: Partial<NoticedAlert> = {}): NoticedAlert => ({
  id,
  severity: 'serious',
  began: 1_000,
  status: 'open',
  contradicted: false,
  ...fields,
});
const before = (fields: Partial<NoticeSoFar> = {}): NoticeSoFar => ({ status: 'open', severity: 'serious', alertIds: ['a'], ...fields });

describe('an alert stands', () => {
  it('until it is dismissed or contradicted; confirmed it stands whatever the data', () => {
    expect(stands({ status: 'open', contradicted: false })).toBe(true);
    expect(stands({ status: 'open', contradicted: true })).toBe(false);
    expect(stands({ status: 'dismissed', contradicted: false })).toBe(false);
    expect(stands({ status: 'confirmed', contradicted: true })).toBe(true);
  });
});

describe('a notice', () => {
  it('opens with the gravest of its alerts, the earliest of those', () => {
    const alerts = [alert('a'), alert('b', { severity: 'critical', began: 9_000 }), alert('c', { severity: 'critical', began: 5_000 })];
    expect(fold(null, alerts)).toMatchObject({ change: 'opened', status: 'open', lead: { id: 'c' }, repeats: 2, alertIds: ['a', 'b', 'c'] });
  });

  it('is none of what does not stand, and of nothing', () => {
    expect(fold(null, [alert('a', { contradicted: true })])).toBeNull();
    expect(fold(null, [])).toBeNull();
  });

  it('takes a further alert as a repeat, in any status that waits', () => {
    for (const status of ['open', 'acknowledged', 'rectified', 'objected', 'sent-back'] as const) {
      expect(fold(before({ status }), [alert('a'), alert('b')])).toMatchObject({ change: 'repeated', status, repeats: 1, lead: { id: 'a' } });
    }
  });

  it('grows with the gravest, and says so', () => {
    expect(fold(before(), [alert('a'), alert('b', { severity: 'critical' })])).toMatchObject({ change: 'graver', lead: { id: 'b' } });
    expect(fold(before(), [alert('a', { severity: 'critical' })])).toMatchObject({ change: 'graver', repeats: 0 });
  });

  it('says nothing where nothing changed: the same batch twice', () => {
    expect(fold(before(), [alert('a')])).toMatchObject({ change: null });
    expect(fold(before({ alertIds: ['a', 'b'] }), [alert('a'), alert('b')])).toMatchObject({ change: null, repeats: 1 });
  });

  it('is withdrawn once nothing of it stands, and shows what stands while something does', () => {
    const contradicted = alert('a', { severity: 'critical', contradicted: true });
    const two = before({ severity: 'critical', alertIds: ['a', 'b'] });
    expect(fold(two, [contradicted, alert('b')])).toMatchObject({ change: null, status: 'open', lead: { id: 'b', severity: 'serious' } });
    expect(fold(two, [contradicted, alert('b', { status: 'dismissed' })])).toMatchObject({ change: 'withdrawn', status: 'withdrawn', lead: { id: 'a' } });
  });

  it('whose answer was accepted stays so when its alert is contradicted', () => {
    expect(fold(before({ status: 'accepted' }), [alert('a', { contradicted: true })])).toMatchObject({ status: 'accepted', change: null });
  });

  it('stands again when its alert does, or when it happens again after its answer was accepted', () => {
    expect(fold(before({ status: 'withdrawn' }), [alert('a')])).toMatchObject({ change: 'reopened', status: 'open' });
    expect(fold(before({ status: 'accepted' }), [alert('a'), alert('b')])).toMatchObject({ change: 'reopened', status: 'open', repeats: 1 });
    expect(fold(before({ status: 'accepted' }), [alert('a')])).toMatchObject({ change: null, status: 'accepted' });
  });
});
