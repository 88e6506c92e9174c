import type { Account, AccountBody, AccountChange, Role } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';

export const ROLES: readonly Role[] = ['admin', 'supervisor', 'operator', 'site-manager', 'dispatcher', 'yard-keeper', 'viewer'];
/** As the contract has it; its table stands among its schemas, and a page that imported it would carry all of them. */
export const NEEDED: Partial<Record<Role, 'placeIds' | 'companyIds'>> = { 'site-manager': 'placeIds', 'yard-keeper': 'placeIds', dispatcher: 'companyIds' };

/** An account as it is typed; an empty list narrows nothing. */
export interface AccountForm {
  username: string;
  name: string;
  password: string;
  role: Role;
  districtIds: string[];
  companyIds: string[];
  placeIds: string[];
}

export function formOf(account: Account | null): AccountForm {
  if (!account) return { username: '', name: '', password: '', role: 'operator', districtIds: [], companyIds: [], placeIds: [] };
  const { username, name, role, districtIds, companyIds, placeIds } = account;
  return { username, name, password: '', role, districtIds: districtIds ?? [], companyIds: companyIds ?? [], placeIds: placeIds ?? [] };
}

export type Wrong = Partial<Record<'username' | 'password' | 'placeIds' | 'companyIds', true>>;

export function wrongsIn(form: AccountForm, isNew: boolean): Wrong {
  const needed = NEEDED[form.role];
  return {
    ...(isNew && !/^[A-Za-z0-9._@-]{1,64}$/.test(form.username.trim()) ? { username: true } : {}),
    ...(isNew && form.password.length < 12 ? { password: true } : {}),
    ...(needed && form[needed].length === 0 ? { [needed]: true } : {}),
  };
}

const listed = (ids: string[]) => (ids.length === 0 ? null : ids);

export function bodyOf(form: AccountForm): AccountBody {
  const { username, name, password, role } = form;
  return { username: username.trim(), ...(name.trim() ? { name: name.trim() } : {}), password, role, ...scopeOf(form) };
}

/** Only what was changed is sent: another role ends a person's sessions. */
export function changeOf(account: Account, form: AccountForm): AccountChange {
  const before = formOf(account);
  const scope = scopeOf(form);
  const same = (key: keyof typeof scope) => JSON.stringify([...before[key]].sort()) === JSON.stringify([...form[key]].sort());
  return {
    ...(form.name.trim() !== '' && form.name.trim() !== account.name ? { name: form.name.trim() } : {}),
    ...(form.role !== account.role ? { role: form.role } : {}),
    ...Object.fromEntries((Object.keys(scope) as (keyof typeof scope)[]).filter((key) => !same(key)).map((key) => [key, scope[key]])),
  };
}

const scopeOf = (form: AccountForm) => ({ districtIds: listed(form.districtIds), companyIds: listed(form.companyIds), placeIds: listed(form.placeIds) });

export interface Names {
  district: (id: string) => string;
  company: (id: string) => string;
  place: (id: string) => string;
}

/** What of the city an account sees, in a few words. */
export function scopeWords({ districtIds, companyIds, placeIds }: Pick<Account, 'districtIds' | 'companyIds' | 'placeIds'>, names: Names, t: Words): string {
  const a = t.people.accounts.scope;
  const parts = [
    districtIds && a.districts(t.list(districtIds.map(names.district))),
    companyIds && a.companies(companyIds.length, names.company(companyIds[0]!)),
    placeIds && a.places(placeIds.length, names.place(placeIds[0]!)),
  ].filter(Boolean);
  return parts.length === 0 ? t.people.wholeCity : parts.join(' · ');
}

/** A password nobody can guess and most can read out: no 0 O 1 l I. */
export function madePassword(random: (n: number) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from(random(16), (byte) => letters[byte % letters.length]).join('');
}
