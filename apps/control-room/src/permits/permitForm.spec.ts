import type { PermitResource } from '@muckwatch/contract';
import { bodyOf, emptyForm, fieldOf, formOf, type PermitForm, withoutMissing, wrongsIn } from './permitForm.js';

const SUIZHOU = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-23T12:00:00+08:00');
const permit: PermitResource = {
  id: 'P-0417',
  companyId: 'c1',
  siteId: 's1',
  yardIds: ['y1', 'y2'],
  truckIds: [],
  routeIds: ['r1'],
  hours: [
    { from: '21:00', to: '05:00' },
    { days: [6, 7], from: '12:00', to: '00:00' },
  ],
  validFrom: '2026-08-17T16:00:00.000Z',
  validTo: '2026-12-31T16:00:00.000Z',
  volumeM3: 12_000,
  hauledM3: 0,
  hauls: 0,
  estimatedHauls: 0,
  retired: false,
};
const filled = (more: Partial<PermitForm> = {}): PermitForm => ({ ...emptyForm(), companyId: 'c1', siteId: 's1', yardIds: ['y1'], ...more });
const wrong = (more: Partial<PermitForm>, now: number | null = NOW) => wrongsIn(filled(more), SUIZHOU, now);

describe('a permit in the form', () => {
  it('is good with its last day, on the city’s calendar', () => {
    expect(formOf(permit, SUIZHOU)).toMatchObject({ fromDate: '2026-08-18', fromClock: '00:00', toDate: '2026-12-31', toClock: '24:00', volumeM3: '12000' });
  });

  it('comes out as it went in', () => {
    const body: Partial<PermitResource> = { ...permit };
    for (const counted of ['retired', 'hauledM3', 'hauls', 'estimatedHauls'] as const) delete body[counted];
    expect(bodyOf(formOf(permit, SUIZHOU), SUIZHOU)).toEqual(body);
    const always = { ...body, hours: null, validFrom: null, validTo: null, volumeM3: null };
    expect(bodyOf(formOf({ ...permit, ...always }, SUIZHOU), SUIZHOU)).toEqual(always);
  });

  it('is sent without an id where none was given', () => {
    expect(bodyOf(filled(), SUIZHOU)).toEqual({
      companyId: 'c1',
      siteId: 's1',
      yardIds: ['y1'],
      truckIds: [],
      routeIds: [],
      hours: [{ from: '21:00', to: '05:00' }],
      validFrom: null,
      validTo: null,
      volumeM3: null,
    });
  });

  it('takes times as they are typed', () => {
    expect(bodyOf(filled({ windows: [{ days: [5, 1], from: '2130', to: '24' }] }), SUIZHOU).hours).toEqual([{ days: [1, 5], from: '21:30', to: '00:00' }]);
  });
});

it('sends a whole day as two halves', () => {
  expect(bodyOf(filled({ windows: [{ days: [7], from: '0', to: '24' }] }), SUIZHOU).hours).toEqual([
    { days: [7], from: '00:00', to: '12:00' },
    { days: [7], from: '12:00', to: '00:00' },
  ]);
});

describe('what makes no sense is said at its field', () => {
  it('nothing of a filled form', () => {
    expect(wrong({})).toEqual({});
    expect(wrong({ windows: [{ days: [1], from: '00:00', to: '24:00' }] })).toEqual({});
  });

  it('what is missing, from the first try on', () => {
    const wrongs = wrongsIn(emptyForm(), SUIZHOU, NOW);
    expect(wrongs).toEqual({ companyId: 'company', siteId: 'site', yardIds: 'yards' });
    expect(withoutMissing(wrongs)).toEqual({});
  });

  it('an end before the beginning', () => {
    expect(wrong({ fromDate: '2026-12-02', toDate: '2026-12-01' })).toEqual({ validTo: 'order' });
    expect(wrong({ fromDate: '2026-12-01', toDate: '2026-12-01' })).toEqual({});
    expect(wrong({ fromDate: '2026/12/3', toDate: '20261202' })).toEqual({ validTo: 'order' });
    expect(wrong({ fromDate: '2026-02-30', toDate: '12-1', toClock: 'x' })).toEqual({ validFrom: 'date', validTo: 'date' });
    expect(wrong({ fromDate: '2026-12-01', toDate: '2026-12-01', toClock: '00:00' })).toEqual({ validTo: 'order' });
  });

  it('an end that is past, for a new one only', () => {
    expect(wrong({ toDate: '2026-11-22' })).toEqual({ validTo: 'overNow' });
    expect(wrong({ toDate: '2026-11-22' }, null)).toEqual({});
    expect(wrong({ toDate: '2026-11-23' })).toEqual({});
  });

  it('windows without length, time or days', () => {
    const windows = [
      { days: [1], from: '07:00', to: '7' },
      { days: [], from: '2x', to: '' },
    ];
    expect(wrong({ windows })).toEqual({ 'hours.0.to': 'noLength', 'hours.1.days': 'days', 'hours.1.from': 'clock', 'hours.1.to': 'clock' });
    expect(wrong({ windows, always: true })).toEqual({});
    expect(wrong({ windows: [] })).toEqual({ hours: 'windows' });
  });

  it('a bad id or volume', () => {
    expect(wrong({ id: '许可 1', volumeM3: '-3' })).toEqual({ id: 'id', volumeM3: 'volume' });
    expect(wrong({ volumeM3: 'viel' })).toEqual({ volumeM3: 'volume' });
  });
});

it('knows which field a path of the server names', () => {
  expect(['hours.1.to', 'hours.0', 'yardIds.3', 'validTo', 'hours', '', 'colour'].map(fieldOf)).toEqual([
    'hours.1.to',
    'hours.0.from',
    'yardIds',
    'validTo',
    'hours',
    null,
    null,
  ]);
});
