import { doorOf, ownRouteOf } from './ownRoute.js';

describe('which page an address opens, and for whom', () => {
  it('a link to a notice is the same page for everybody', () => {
    const link = ownRouteOf('#/notice/20261128-0042');
    expect(link).toEqual({ page: 'notice', id: '20261128-0042' });
    for (const role of ['site-manager', 'yard-keeper', 'dispatcher', 'supervisor', 'viewer'] as const) expect(doorOf(role, link)).toEqual(link);
  });

  it('a site manager has notices and own settings, whatever else the address says', () => {
    for (const hash of ['', '#/', '#/system', '#/alert/x', '#/yard', '#/company'])
      expect(doorOf('site-manager', ownRouteOf(hash))).toEqual({ page: 'notices' });
    expect(doorOf('site-manager', ownRouteOf('#/me'))).toEqual({ page: 'me' });
  });

  it('a yard keeper comes in at the yard', () => {
    expect(doorOf('yard-keeper', ownRouteOf('#/'))).toEqual({ page: 'yard', id: null });
    expect(doorOf('yard-keeper', ownRouteOf('#/yard/yard-7'))).toEqual({ page: 'yard', id: 'yard-7' });
    expect(doorOf('yard-keeper', ownRouteOf('#/notices'))).toEqual({ page: 'notices' });
  });

  it('everybody else comes in at the control room', () => {
    for (const role of ['admin', 'supervisor', 'operator', 'viewer', 'dispatcher'] as const) expect(doorOf(role, ownRouteOf('#/alert/spill:t1'))).toBeNull();
  });

  it('a link that was cut off opens what it can', () => {
    expect(ownRouteOf('#/notice/%E4%B8')).toEqual({ page: 'notice', id: '%E4%B8' });
  });
});
