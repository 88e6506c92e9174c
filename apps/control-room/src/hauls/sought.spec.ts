import { addressOf, faultOf, filterQuery, isFiltered, queryOf, quickStretch, refined, soughtOf, tablePath, unfiltered } from './sought.js';

const ZONE = 'Asia/Shanghai';
/** 21:04 in the city. */
const NOW = Date.parse('2026-11-28T13:04:00Z');
const said = (query: string) => soughtOf(new URLSearchParams(query));

describe('the loads that are sought', () => {
  it('are today’s by the city’s clock where the address says nothing', () => {
    const sought = said('');
    expect(filterQuery(sought, NOW, ZONE).toString()).toBe(new URLSearchParams({ from: '2026-11-27T16:00:00.000Z' }).toString());
    expect(isFiltered(sought)).toBe(false);
    expect(addressOf('list', sought)).toBe('#/hauls/list');
  });

  it('stand in the address and are read from it again', () => {
    const query = 'from=2026-11-20T20:00&to=2026-11-21T08:00&truck=t1&site=s1&ended=other-yard&sort=km&order=asc&page=3';
    expect(queryOf(said(query))).toBe(query);
    expect(tablePath(said(query), NOW, ZONE)).toBe(
      '/hauls/table?from=2026-11-20T12%3A00%3A00.000Z&to=2026-11-21T00%3A00%3A00.000Z&truck=t1&site=s1&ended=other-yard&sort=km&order=asc&offset=200&limit=100',
    );
    expect(said('sort=nonsense&order=up&page=-2&by=x')).toEqual(said(''));
  });

  it('begin at the first page when they are others', () => {
    const sought = said('page=4&haul=t1:1&site=s1');
    expect(refined(sought, { yard: 'y' })).toMatchObject({ page: 1, haul: '', site: 's1', yard: 'y' });
    expect(isFiltered(unfiltered(sought))).toBe(false);
  });

  it('lie in whole days of the city when they are asked for by a word', () => {
    expect(quickStretch('yesterday', NOW, ZONE)).toEqual({ from: '2026-11-27T00:00', to: '2026-11-28T00:00' });
    expect(quickStretch('last7d', NOW, ZONE)).toEqual({ from: '2026-11-22T00:00', to: '' });
    for (const quick of ['today', 'yesterday', 'last7d', 'last30d'] as const) expect(faultOf(quickStretch(quick, NOW, ZONE), NOW, ZONE)).toBeNull();
  });

  it('are not asked for where the stretch makes no sense', () => {
    expect(faultOf({ from: 'soon', to: '' }, NOW, ZONE)).toBe('times');
    expect(faultOf({ from: '2026-11-29T00:00', to: '' }, NOW, ZONE)).toBe('order');
    expect(faultOf({ from: '2026-10-01T00:00', to: '' }, NOW, ZONE)).toBe('long');
  });
});
