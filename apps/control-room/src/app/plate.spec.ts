import { plateKey } from './plate.js';

it('finds a plate however it is typed', () => {
  expect(plateKey('鄂s·8k 217')).toBe('鄂S8K217');
});
