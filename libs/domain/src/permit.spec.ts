import type { Haul } from './haul.js';
import { nextOpeningOf, outsideHoursMs, type Permit, permitsOfHaul } from './permit.js';
import { clock, permit, TRUCK, UTC_PLUS_8, worldOf } from './testing.js';
import { MINUTE_MS } from './time.js';

const TIME = clock('08:00:00');
const ofHaul = (permits: Permit[], siteId?: string | null) => {
  const haul = siteId === undefined ? null : ({ siteId } as Haul);
  return permitsOfHaul({ world: worldOf([], [], 1, { permits }), truck: TRUCK, at: TIME, haul }).map(({ id }) => id);
};

describe('the permits of a haul', () => {
  const own = permit({ id: 'own', truckIds: [TRUCK.id] });
  const other = permit({ id: 'other', siteId: 'site-2' });

  it('are the one that names its site', () => {
    expect(ofHaul([own, other], 'site-1')).toEqual(['own']);
    expect(ofHaul([own, other], 'site-2')).toEqual(['other']);
  });

  it('are all that the truck has where several name the site, or the site is not known, or whether there is a haul', () => {
    const second = permit({ id: 'second' });
    expect(ofHaul([own, second, other], 'site-1').sort()).toEqual(['other', 'own', 'second']);
    expect(ofHaul([own, other], null).sort()).toEqual(['other', 'own']);
    expect(ofHaul([own, other]).sort()).toEqual(['other', 'own']);
  });

  it('are none where none names the site, or those that do have run out or are for others', () => {
    expect(ofHaul([own, other], 'site-3')).toEqual([]);
    expect(ofHaul([{ ...own, validTo: TIME }, other], 'site-1')).toEqual([]);
    expect(
      ofHaul(
        [
          { ...own, truckIds: ['truck-2'] },
          { ...own, id: 'elsewhere', truckIds: [], companyId: 'company-2' },
        ],
        'site-1',
      ),
    ).toEqual([]);
  });
});

describe('the permits of a company', () => {
  it('are those in force, whichever trucks they name', () => {
    const permits = [
      permit({ id: 'all' }),
      permit({ id: 'one', truckIds: ['truck-9'] }),
      permit({ id: 'past', validTo: TIME }),
      permit({ id: 'b', companyId: 'b' }),
    ];
    const world = worldOf([], [], 1, { permits });
    expect(world.permitsOfCompany(TRUCK.companyId, TIME).map(({ id }) => id)).toEqual(['all', 'one']);
    expect(world.permitsOfCompany('nobody', TIME)).toEqual([]);
  });
});

describe('the hours of several permits', () => {
  const night = permit({ hours: [{ from: '21:00', to: '05:00' }] });
  const noon = permit({ hours: [{ from: '11:00', to: '13:00' }] });
  const outside = (permits: Permit[], time: string) => outsideHoursMs(permits, clock(time), UTC_PLUS_8) / MINUTE_MS;

  it('are broken only where none of them allows it', () => {
    expect(outside([night], '12:30:00')).toBe(450);
    expect(outside([night, noon], '12:30:00')).toBe(0);
    expect(outside([night, noon], '10:30:00')).toBe(30);
    expect(outside([night, permit()], '10:30:00')).toBe(0);
    expect(outside([], '10:30:00')).toBe(0);
  });

  it('open again with the first of them', () => {
    expect(nextOpeningOf([night, noon, permit()], clock('10:30:00'), UTC_PLUS_8)).toBe(clock('11:00:00'));
    expect(nextOpeningOf([permit()], clock('10:30:00'), UTC_PLUS_8)).toBeNull();
  });

  it('accuse nobody where they never open', () => {
    expect(outside([permit({ hours: [] })], '10:30:00')).toBe(0);
    expect(outside([permit({ hours: [{ days: [], from: '11:00', to: '13:00' }] })], '10:30:00')).toBe(0);
  });
});
