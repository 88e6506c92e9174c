import { type Account, accountRow, type FieldChange } from '@muckwatch/contract';
import { isDeepStrictEqual } from 'node:util';
import { cited, type Fault, quoted } from '../refusal.js';
import { faultsOf } from '../zod-faults.js';
import { scopeFault, unknownFault } from './account-scope.js';
import type { Scope } from './viewer.js';

/** What becomes of one row of an import. */
export interface PlannedAccount {
  /** Counted from 1. */
  row: number;
  /** As the row says it; null: it says none. */
  username: string | null;
  result: 'created' | 'changed' | 'unchanged' | 'bad';
  changes: FieldChange[];
  faults: Fault[];
  /** The account as it would be; null of a bad row. */
  account: (Pick<Account, 'username' | 'name' | 'role'> & Scope) | null;
  /** Of a new account, where the row gives one. */
  password: string | null;
}

export interface KnownAccounts {
  byUsername: ReadonlyMap<string, Account>;
  /** Ids that rows name and nothing is registered under. */
  unknown: Record<keyof Scope, ReadonlySet<string>>;
  /** Ids of those who look after accounts and can sign in. */
  admins: readonly string[];
}

const SCOPES = ['districtIds', 'companyIds', 'placeIds'] as const;
const FIELDS = ['name', 'role', ...SCOPES] as const;

/** What a list of rows asks for, every row looked at before anything is written. A row whose user name exists changes that account: fields that it leaves out stay, null clears. */
export function planAccounts(rows: readonly unknown[], known: KnownAccounts): PlannedAccount[] {
  const seen = new Map<string, number>();
  const planned = rows.map((raw, index) => {
    const one = planRow(raw, index + 1, known);
    if (one.username === null) return one;
    const earlier = seen.get(one.username);
    seen.set(one.username, earlier ?? index + 1);
    return earlier === undefined
      ? one
      : bad(one, [
          {
            path: 'username',
            message: { en: `${quoted(one.username)} is also the user name of row ${earlier}`, zh: `账号${cited(one.username)}与第 ${earlier} 行重复` },
          },
        ]);
  });
  return leavesAnAdmin(planned, known) ? planned : planned.map((one) => (takesAdminFrom(one, known) ? bad(one, [LAST_ADMIN]) : one));
}

function planRow(raw: unknown, row: number, { byUsername, unknown }: KnownAccounts): PlannedAccount {
  const none: PlannedAccount = { row, username: null, result: 'bad', changes: [], faults: [], account: null, password: null };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { ...none, faults: [{ path: '', message: { en: 'must be an object', zh: '不是一条记录' } }] };
  const said = raw as Record<string, unknown>;
  const named = typeof said.username === 'string' ? said.username.trim() : null;
  const before = named === null ? undefined : byUsername.get(named);
  const start = { ...none, username: named };
  const kept = before ? Object.fromEntries(FIELDS.map((field) => [field, before[field]])) : {};
  const whole = { ...kept, ...said };
  const result = accountRow.safeParse(whole);
  if (!result.success) return { ...start, faults: faultsOf(result.error, whole) };

  const { username, role, password = null, districtIds = null, companyIds = null, placeIds = null } = result.data;
  const account = { username, name: result.data.name ?? username, role, districtIds, companyIds, placeIds };
  const wrongScope = scopeFault(role, account);
  const faults: Fault[] = [
    ...(before?.disabled
      ? [
          {
            path: 'username',
            message: { en: `${quoted(username)} is disabled; bring the account back first`, zh: `账号${cited(username)}已停用，请先恢复使用` },
          },
        ]
      : []),
    ...(before && password !== null
      ? [
          {
            path: 'password',
            message: { en: 'is for new accounts only; whoever has one is given a link to a new password', zh: '只用于新账号；已有账号请给本人重设密码链接' },
          },
        ]
      : []),
    ...(wrongScope ? [wrongScope] : []),
    ...SCOPES.flatMap((field) => (account[field] ?? []).filter((id) => unknown[field].has(id)).map((id) => unknownFault({ field, id }))),
  ];
  if (faults.length > 0) return { ...start, faults };
  const changes = before ? FIELDS.flatMap((field) => changeOf(field, before[field], account[field])) : [];
  return { ...start, result: !before ? 'created' : changes.length > 0 ? 'changed' : 'unchanged', changes, faults: [], account, password };
}

/** A list of ids is the same in whatever order it is said. */
function changeOf(field: string, from: unknown, to: unknown): FieldChange[] {
  const plain = (value: unknown) => (Array.isArray(value) ? [...(value as string[])].sort() : value);
  return isDeepStrictEqual(plain(from), plain(to)) ? [] : [{ field, from, to }];
}

const LAST_ADMIN: Fault = { path: 'role', message: { en: 'would leave nobody who looks after accounts', zh: '这样就没有管理员了' } };

function bad(one: PlannedAccount, faults: Fault[]): PlannedAccount {
  return { ...one, result: 'bad', changes: [], faults: [...one.faults, ...faults], account: null, password: null };
}

function takesAdminFrom({ username, account }: PlannedAccount, { byUsername, admins }: KnownAccounts): boolean {
  const id = username === null ? undefined : byUsername.get(username)?.id;
  return account !== null && account.role !== 'admin' && id !== undefined && admins.includes(id);
}

function leavesAnAdmin(planned: PlannedAccount[], known: KnownAccounts): boolean {
  const taken = planned.filter((one) => takesAdminFrom(one, known)).length;
  return taken < known.admins.length || planned.some(({ result, account }) => result === 'created' && account?.role === 'admin');
}
