import { plateKey } from './plate.js';

it('a plate is one and the same however it is spaced, dotted and written', () => {
  for (const written of ['鄂S12345', '鄂S·12345', '鄂s 12345', '鄂S-12345', ' 鄂Ｓ１２３４５ ']) expect(plateKey(written)).toBe('鄂S12345');
  expect(plateKey('鄂S12346')).not.toBe('鄂S12345');
});
