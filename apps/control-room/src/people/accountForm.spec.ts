import { type Account, NEEDED_SCOPE, ROLES as CONTRACT_ROLES } from '@muckwatch/contract';
import { zh } from '../i18n/zh.js';
import { bodyOf, changeOf, formOf, madePassword, NEEDED, ROLES, scopeWords, wrongsIn } from './accountForm.js';

const ACCOUNT: Account = {
  id: 'a1',
  username: 'wang',
  name: '王工',
  role: 'site-manager',
  districtIds: null,
  companyIds: null,
  placeIds: ['site-1'],
  secondFactor: false,
  createdAt: '2026-11-28T00:00:00.000Z',
  disabled: false,
};

it('knows the roles and what each needs as the contract does', () => {
  expect(ROLES).toEqual(CONTRACT_ROLES);
  expect(NEEDED).toEqual(NEEDED_SCOPE);
});

it('asks for the scope that a role cannot do without', () => {
  expect(wrongsIn({ ...formOf(ACCOUNT), placeIds: [] }, false)).toEqual({ placeIds: true });
  expect(wrongsIn({ ...formOf(null), role: 'dispatcher', username: 'li', password: 'a long enough one' }, true)).toEqual({ companyIds: true });
  expect(wrongsIn({ ...formOf(null), username: 'a b', password: 'short' }, true)).toEqual({ username: true, password: true });
});

it('sends only what was changed', () => {
  expect(changeOf(ACCOUNT, formOf(ACCOUNT))).toEqual({});
  expect(changeOf(ACCOUNT, { ...formOf(ACCOUNT), name: '王经理', placeIds: ['site-1', 'site-2'] })).toEqual({ name: '王经理', placeIds: ['site-1', 'site-2'] });
  expect(changeOf(ACCOUNT, { ...formOf(ACCOUNT), role: 'viewer', placeIds: [] })).toEqual({ role: 'viewer', placeIds: null });
});

it('makes an account of the whole city where nothing narrows it', () => {
  expect(bodyOf({ ...formOf(null), username: ' li ', password: 'a long enough one' })).toEqual({
    username: 'li',
    password: 'a long enough one',
    role: 'operator',
    districtIds: null,
    companyIds: null,
    placeIds: null,
  });
});

it('says a scope in a few words', () => {
  const names = { district: () => '曾都区', company: () => '顺达', place: () => '城南安置房' };
  expect(scopeWords({ ...ACCOUNT, placeIds: null }, names, zh)).toBe('全市');
  expect(scopeWords(ACCOUNT, names, zh)).toBe('城南安置房');
  expect(scopeWords({ districtIds: ['d'], companyIds: ['c1', 'c2'], placeIds: null }, names, zh)).toBe('曾都区 · 顺达 等 2 家企业');
});

it('makes passwords that can be read out', () => {
  const made = madePassword((n) => new Uint8Array(n).map((_, i) => i * 17));
  expect(made).toHaveLength(16);
  expect(made).not.toMatch(/[0O1lI]/);
});
