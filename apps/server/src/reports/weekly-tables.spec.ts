import { cellWords } from './weekly-tables.js';

it('says a share that is nearly all or nothing as such, as the page does', () => {
  const words = [0.9999, 0.0001, 1, null].map((value) => cellWords({ value, as: 'percent' }));
  expect(words).toEqual(['> 99.9 %', '< 0.1 %', '100.0 %', '—']);
});
