import { anAlert } from '../alerts/testing.js';
import { marksOf } from './marks.js';

const truck = (id: string) => ({ id, plate: id });
const critical = anAlert({ id: 'a', severity: 'critical', truck: truck('t1') });

describe('what alerts on the map', () => {
  it('is coloured by the worst undecided alert of the truck', () => {
    const { worst } = marksOf(
      [
        anAlert({ id: 'm', severity: 'minor', truck: truck('t1') }),
        critical,
        anAlert({ id: 's', severity: 'serious', truck: truck('t2'), status: 'confirmed' }),
      ],
      new Set(),
    );
    expect([...worst]).toEqual([['t1', 'critical']]);
  });

  it('has a ring only while a critical episode goes on', () => {
    expect([...marksOf([critical], new Set()).ringed]).toEqual(['t1']);
    expect([...marksOf([{ ...critical, cleared: true }], new Set()).ringed]).toEqual([]);
    expect([...marksOf([{ ...critical, severity: 'serious' }], new Set()).ringed]).toEqual([]);
  });

  it('pulses once, when it is new, and never for a late one', () => {
    expect(marksOf([critical], new Set()).fresh).toEqual(['t1']);
    expect(marksOf([critical], new Set(['t1'])).fresh).toEqual([]);
    expect(marksOf([{ ...critical, late: true }], new Set()).fresh).toEqual([]);
  });
});
