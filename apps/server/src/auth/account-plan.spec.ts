import type { Account } from '@muckwatch/contract';
import { type KnownAccounts, planAccounts } from './account-plan.js';

const account = (username: string, more: Partial<Account> = {}): Account => ({
  id: `id-of-${username}`,
  username,
  name: username,
  role: 'operator',
  districtIds: null,
  companyIds: null,
  placeIds: null,
  secondFactor: false,
  createdAt: '2026-11-01T00:00:00.000Z',
  disabled: false,
  ...more,
});
const known = (...accounts: Account[]): KnownAccounts => ({
  byUsername: new Map(accounts.map((one) => [one.username, one])),
  unknown: { districtIds: new Set(), companyIds: new Set(['c9']), placeIds: new Set(['s9']) },
  admins: accounts.filter(({ role, disabled }) => role === 'admin' && !disabled).map(({ id }) => id),
});
const admin = account('root', { role: 'admin' });
const plan = (rows: unknown[], ...accounts: Account[]) => planAccounts(rows, known(admin, ...accounts));
const faultsOf = (rows: unknown[], ...accounts: Account[]) =>
  plan(rows, ...accounts).map(({ faults }) => faults.map(({ path, message }) => `${path} ${message.en}`));

describe('rows of accounts', () => {
  it('make what there is not and change what differs; what a row leaves out stays, null clears', () => {
    const li = account('li', { name: '李工', role: 'viewer', districtIds: ['d1', 'd2'] });
    const planned = plan(
      [
        { username: 'wang', role: 'operator' },
        { username: 'li', districtIds: ['d2', 'd1'] },
        { username: ' root ', name: '管理员' },
      ],
      li,
    );
    expect(planned.map(({ username, result, changes }) => [username, result, changes])).toEqual([
      ['wang', 'created', []],
      ['li', 'unchanged', []],
      ['root', 'changed', [{ field: 'name', from: 'root', to: '管理员' }]],
    ]);
    expect(planned[0]!.account).toEqual({ username: 'wang', name: 'wang', role: 'operator', districtIds: null, companyIds: null, placeIds: null });
    expect(plan([{ username: 'li', districtIds: null }], li)[0]!.changes).toEqual([{ field: 'districtIds', from: ['d1', 'd2'], to: null }]);
  });

  it('are each named with field and value where they are wrong, a password without it', () => {
    expect(
      faultsOf([
        { username: 'a b', role: 'operator' },
        { username: 'x1', role: 'boss' },
        { username: 'x2', role: 'dispatcher' },
        { username: 'x3', role: 'dispatcher', companyIds: ['c1', 'c9'], placeIds: ['s9'] },
        { username: 'x4', role: 'admin', districtIds: ['d1'] },
        { username: 'x5', role: 'viewer', password: 'short' },
        { username: 'x6', role: 'viewer', phone: '1' },
        'x7',
      ]),
    ).toEqual([
      [expect.stringMatching(/^username must be 1–64 .*, not "a b"$/)],
      [expect.stringMatching(/^role .*, not "boss"$/)],
      ['companyIds is needed for the role dispatcher'],
      ['companyIds "c9" is no company that is registered', 'placeIds "s9" is no place that is registered'],
      ['districtIds must be null: an admin sees the whole city'],
      ['password must have at least 12 characters'],
      ['phone is not a field that we know'],
      [' must be an object'],
    ]);
  });

  it('name nobody twice, no disabled account, and set no password that is in use', () => {
    const gone = account('gone', { disabled: true });
    const li = account('li');
    expect(
      faultsOf(
        [
          { username: 'wang', role: 'viewer' },
          { username: 'wang', role: 'operator' },
          { username: 'gone', name: '新名' },
          { username: 'li', password: 'a long enough one' },
        ],
        gone,
        li,
      ),
    ).toEqual([
      [],
      ['username "wang" is also the user name of row 1'],
      ['username "gone" is disabled; bring the account back first'],
      ['password is for new accounts only; whoever has one is given a link to a new password'],
    ]);
  });

  it('leave somebody who looks after accounts', () => {
    expect(faultsOf([{ username: 'root', role: 'viewer' }])).toEqual([['role would leave nobody who looks after accounts']]);
    expect(
      faultsOf([
        { username: 'root', role: 'viewer' },
        { username: 'wang', role: 'admin' },
      ]),
    ).toEqual([[], []]);
    expect(faultsOf([{ username: 'root', role: 'viewer' }], account('second', { role: 'admin' }))).toEqual([[]]);
    expect(faultsOf([{ username: 'root', role: 'viewer' }], account('gone', { role: 'admin', disabled: true }))).toEqual([
      ['role would leave nobody who looks after accounts'],
    ]);
  });
});
