import { may } from './may.js';

it('offers each role what it may do, and no more', () => {
  expect((['decide', 'tell', 'command'] as const).map((deed) => may('operator', deed))).toEqual([true, true, true]);
  expect(may('operator', 'review')).toBe(false);
  expect(may('supervisor', 'review')).toBe(true);
  expect(may('supervisor', 'administer')).toBe(false);
  expect(may('admin', 'administer')).toBe(true);
  expect((['decide', 'tell', 'command', 'review', 'administer'] as const).some((deed) => may('viewer', deed))).toBe(false);
  expect(may('dispatcher', 'decide')).toBe(false);
});
