import { plateWords } from './plate-words.js';

it('writes a plate as it is painted on the door', () => {
  expect(plateWords('鄂S8K217')).toBe('鄂S·8K217');
  expect(plateWords('鄂AD12345')).toBe('鄂A·D12345');
  expect(plateWords('truck 7')).toBe('truck 7');
});
