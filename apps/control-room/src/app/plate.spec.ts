import { plateKey, plateWords } from './plate.js';

it('writes a plate as it is painted on the door', () => {
  expect(plateWords('鄂S8K217')).toBe('鄂S·8K217');
  expect(plateWords('鄂AD12345')).toBe('鄂A·D12345');
  expect(plateWords('truck 7')).toBe('truck 7');
});

it('finds a plate however it is typed', () => {
  expect(plateKey('鄂s·8k 217')).toBe('鄂S8K217');
});
