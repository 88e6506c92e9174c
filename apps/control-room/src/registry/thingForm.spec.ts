import { bodyOf, faultsAt, formOf, wrongsIn } from './thingForm.js';

const truck = { id: 't1', plate: '浙B12345', companyId: 'c1', boxM3: 19.5, ratedLoadKg: null, colour: null, retired: false };

it('sends of a new thing what was said, and of one that there is only what was changed', () => {
  const opened = formOf('trucks', truck);
  expect(opened).toEqual({ id: 't1', plate: '浙B12345', companyId: 'c1', boxM3: '19.5', ratedLoadKg: '', colour: '' });
  expect(bodyOf('trucks', { ...opened, boxM3: '', colour: ' green ' }, opened)).toEqual({ boxM3: null, colour: 'green' });
  expect(bodyOf('trucks', opened, opened)).toEqual({});
  expect(bodyOf('trucks', { ...formOf('trucks', null), plate: '浙B2', companyId: 'c1', ratedLoadKg: '15000' }, null)).toEqual({
    plate: '浙B2',
    companyId: 'c1',
    ratedLoadKg: 15_000,
  });
});

it('knows before sending what is missing, no number, or out of bounds', () => {
  const form = { ...formOf('trucks', truck), plate: ' ', boxM3: 'large', ratedLoadKg: '15' };
  expect(wrongsIn('trucks', form)).toEqual({
    plate: { what: 'needed' },
    boxM3: { what: 'number' },
    ratedLoadKg: { what: 'within', least: 500, most: 150_000 },
  });
  expect(wrongsIn('trucks', formOf('trucks', truck))).toEqual({});
});

it('puts the server’s faults at their fields, and the others together', () => {
  const faults = [
    { path: 'plate', message: 'is taken' },
    { path: 'row 1: companyId', message: 'is retired' },
    { path: 'weight', message: 'is not a field that we know' },
  ];
  expect(faultsAt('trucks', faults)).toEqual({ at: { plate: 'is taken', companyId: 'is retired' }, others: ['weight: is not a field that we know'] });
});
