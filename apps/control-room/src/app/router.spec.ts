import { partOf, routeOf } from './router.js';

const said = (hash: string) => {
  const { page, rest, query } = routeOf(hash);
  return [page, rest, query.toString()];
};

it('finds the page that an address names, with what follows it', () => {
  expect(said('#/review')).toEqual(['review', null, '']);
  expect(said('#/review/calendar')).toEqual(['review', 'calendar', '']);
  expect(said('#/reset/abc%2Fd')).toEqual(['reset', 'abc/d', '']);
  expect(said('#/alert/spill:t1:-:1')).toEqual(['map', 'spill:t1:-:1', '']);
  expect(said('#/permits/p1?from=1&to=2')).toEqual(['permits', 'p1', 'from=1&to=2']);
  expect(said('#/audit/')).toEqual(['audit', null, '']);
});

it('leads to the map where it names nothing that is known, or was cut off', () => {
  expect(said('')).toEqual(['map', null, '']);
  expect(said('#/')).toEqual(['map', null, '']);
  expect(said('#/nowhere/x')).toEqual(['map', null, '']);
  expect(said('#/alert/spill%3')).toEqual(['map', 'spill%3', '']);
});

it('takes the first part where the address names none', () => {
  expect(partOf(['accounts', 'tokens'], 'tokens')).toBe('tokens');
  expect(partOf(['accounts', 'tokens'], 'nothing')).toBe('accounts');
  expect(partOf(['accounts', 'tokens'], null)).toBe('accounts');
});
