import type { Role } from '@muckwatch/contract';
import { may, whyNot } from './may.js';

const city = (role: Role) => ({ role, districtIds: null, companyIds: null, placeIds: null });
const ofDistrict = (role: Role) => ({ ...city(role), districtIds: ['zengdu'] });

it('offers each role what it may do, and no more', () => {
  expect((['decide', 'tell', 'command'] as const).map((deed) => may(city('operator'), deed))).toEqual([true, true, true]);
  expect(may(city('operator'), 'review')).toBe(false);
  expect(may(city('supervisor'), 'review')).toBe(true);
  expect(may(city('supervisor'), 'plan')).toBe(true);
  expect(may(city('supervisor'), 'administer')).toBe(false);
  expect(may(city('admin'), 'administer')).toBe(true);
  expect((['decide', 'tell', 'command', 'review', 'administer', 'set-for-all'] as const).some((deed) => may(city('viewer'), deed))).toBe(false);
  expect(may(city('dispatcher'), 'decide')).toBe(false);
  expect(may(city('dispatcher'), 'keep-drivers')).toBe(true);
  expect(may(city('supervisor'), 'keep-drivers')).toBe(false);
});

it('offers what holds for the whole city only to those who see it, and knows why', () => {
  expect(whyNot(city('supervisor'), 'set-for-all')).toBeNull();
  expect(whyNot(ofDistrict('supervisor'), 'set-for-all')).toBe('part');
  expect(whyNot({ ...city('supervisor'), placeIds: [] }, 'set-for-all')).toBe('part'); // sees no place at all
  expect(whyNot(city('operator'), 'set-for-all')).toBe('role');
  expect(whyNot(ofDistrict('supervisor'), 'make-routes')).toBe('part');
  expect(whyNot(ofDistrict('supervisor'), 'plan')).toBeNull();
  expect(whyNot(city('viewer'), 'see-city')).toBeNull();
  expect(whyNot(ofDistrict('viewer'), 'see-city')).toBe('part');
});
