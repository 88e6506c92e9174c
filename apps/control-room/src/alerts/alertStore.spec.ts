import { forgetAlerts, hearAlerts, keepNewestDecided, useAlerts } from './alertStore.js';
import { KEPT_DECIDED } from './merge.js';
import { anAlert } from './testing.js';

const SHIFT = Date.parse('2026-11-23T12:00:00Z');
const at = (minute: number) => new Date(SHIFT + minute * 60_000).toISOString();
/** A night of 200 alerts an hour: each is heard open, and an hour later decided; one of twenty is not. */
function night(hours: number): void {
  for (let n = 0; n < hours * 200; n++) {
    hearAlerts([anAlert({ id: `a${n}`, openedAt: at(n) })]);
    const old = n - 200;
    if (old >= 0 && old % 20 !== 0)
      hearAlerts([anAlert({ id: `a${old}`, version: 2, status: 'confirmed', decision: { by: 'night', at: at(n), reason: null } })]);
  }
}
const held = (status: string) => [...useAlerts.getState().alerts.values()].filter((alert) => alert.status === status).length;

afterEach(forgetAlerts);

it('keeps over a night what is open, and of what was decided the newest', () => {
  night(8);
  // The last hour’s, and ten of each hour before.
  expect([held('open'), held('confirmed')]).toEqual([200 + 7 * 10, KEPT_DECIDED]);
  const newest = 8 * 200 - 1 - 200;
  expect(useAlerts.getState().alerts.get(`a${newest}`)?.status).toBe('confirmed');
  expect(useAlerts.getState().letGoAt).toBeGreaterThan(SHIFT);
});

it('lets none go while somebody looks at all of them, and then all but the newest', () => {
  useAlerts.setState({ decidedWhole: true });
  night(3);
  expect(held('confirmed')).toBe(2 * 190);
  keepNewestDecided();
  expect(held('confirmed')).toBe(KEPT_DECIDED);
});
