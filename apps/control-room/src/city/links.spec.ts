import { haulsLink } from './links.js';

const ZONE = 'Asia/Shanghai';
const at = Date.parse;

it('leads from a period that goes on to its loads until now, by the city’s clock', () => {
  const link = haulsLink({ from: '2026-10-31T16:00:00.000Z', to: '2026-11-29T02:10:11.123Z' }, ZONE, at('2026-11-29T02:12:00Z'), {
    ended: 'taken',
    site: 's1',
  });
  expect(link).toBe('#/hauls/list?from=2026-11-01T00:00&site=s1&ended=taken');
});

it('ends where a past period ended', () => {
  const link = haulsLink({ from: '2026-11-15T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' }, ZONE, at('2026-11-29T02:12:00Z'));
  expect(link).toBe('#/hauls/list?from=2026-11-16T00:00&to=2026-11-23T00:00');
});
