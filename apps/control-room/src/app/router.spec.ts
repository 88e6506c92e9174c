import { routeOf } from './router.js';

it('finds the page that an address names', () => {
  expect(routeOf('#/review')).toEqual({ page: 'review', part: 'answers' });
  expect(routeOf('#/review/calendar')).toEqual({ page: 'review', part: 'calendar' });
  expect(routeOf('#/people/tokens')).toEqual({ page: 'people', part: 'tokens' });
  expect(routeOf('#/people/nothing')).toEqual({ page: 'people', part: 'accounts' });
  expect(routeOf('#/reset/abc%2Fd')).toEqual({ page: 'reset', token: 'abc/d' });
  expect(routeOf('#/audit')).toEqual({ page: 'audit' });
  expect(routeOf('#/alert/spill:t1:-:1')).toEqual({ page: 'map', alertId: 'spill:t1:-:1' });
  expect(routeOf('')).toEqual({ page: 'map', alertId: null });
});
