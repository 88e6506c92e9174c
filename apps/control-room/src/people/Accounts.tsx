import type { Account, Role } from '@muckwatch/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { getAll, itemsOf, wordsOf } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { useKept } from '../app/useKept.js';
import { useIsMe } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { useMap } from '../map/mapStore.js';
import { useRegistry } from '../trucks/registry.js';
import { AccountDialog } from './AccountDialog.js';
import { type Names, ROLES, scopeWords } from './accountForm.js';
import { ImportAccounts } from './ImportAccounts.js';
import { useDistricts } from './districtStore.js';

interface Store {
  state: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
  accounts: readonly Account[];
}

export const useAccounts = create<Store>(() => ({ state: 'no', fault: null, accounts: [] }));

export async function readAccounts(): Promise<void> {
  if (useAccounts.getState().state !== 'read') useAccounts.setState({ state: 'reading' });
  try {
    useAccounts.setState({ accounts: await getAll('/accounts', itemsOf<Account>), state: 'read', fault: null });
  } catch (error) {
    useAccounts.setState({ state: 'failed', fault: wordsOf(error) });
  }
}

/** What was just saved is shown at its place, without another reading. */
export function hearAccount(account: Account): void {
  useAccounts.setState(({ accounts }) => ({
    accounts: accounts.some(({ id }) => id === account.id) ? accounts.map((one) => (one.id === account.id ? account : one)) : [...accounts, account],
  }));
}

/** How districts, companies and places are called; an id that nobody knows is said as it is. */
export function useNames(): Names {
  const districts = useDistricts((s) => s.districts);
  const companies = useRegistry((s) => s.companies);
  const places = useMap((s) => s.places);
  return {
    district: (id) => districts.find(({ properties }) => properties.id === id)?.properties.name ?? id,
    company: (id) => companies.get(id)?.name ?? id,
    place: (id) => places.find((place) => place.id === id)?.name ?? id,
  };
}

export function Accounts() {
  const t = useWords();
  const a = t.people.accounts;
  const isMe = useIsMe();
  const names = useNames();
  const { state, fault, accounts } = useAccounts();
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<Role | 'disabled' | null>(null);
  const [open, setOpen] = useKept<{ id: string | null } | null>('account', null);
  const [importing, setImporting] = useState(false);
  useEffect(() => void readAccounts(), []);

  const wanted = search.trim().toLowerCase();
  const shown = accounts.filter((one) => {
    if (role === 'disabled' ? !one.disabled : one.disabled || (role !== null && one.role !== role)) return false;
    return wanted === '' || [one.name, one.username, t.role[one.role], scopeWords(one, names, t)].some((text) => text.toLowerCase().includes(wanted));
  });
  const count = (what: Role | 'disabled' | null) =>
    accounts.filter((one) => (what === 'disabled' ? one.disabled : !one.disabled && (what === null || one.role === what))).length;
  const editing = open?.id ? (accounts.find(({ id }) => id === open.id) ?? null) : null;

  return (
    <div className="sheet" data-testid="accounts">
      <header className="sheet-head">
        <input
          className="field"
          value={search}
          placeholder={a.find}
          aria-label={a.find}
          onChange={(event) => setSearch(event.target.value)}
          data-testid="account-find"
        />
        <div className="sheet-chips" role="group" aria-label={a.role}>
          {[null, ...ROLES, 'disabled' as const]
            .filter((one) => one === null || count(one) > 0)
            .map((one) => (
              <button key={one} className={`chip ${role === one ? 'on strong' : ''}`} aria-pressed={role === one} onClick={() => setRole(one)}>
                {one === null ? a.all : one === 'disabled' ? a.disabledOnes : t.role[one]} {count(one)}
              </button>
            ))}
        </div>
        <Button onClick={() => setImporting(true)} data-testid="import-accounts">
          {a.import}
        </Button>
        <a className="chip" href="/api/v1/exports/accounts" download>
          {a.export}
        </a>
        <Button type="primary" onClick={() => setOpen({ id: null })} data-testid="new-account">
          {a.add}
        </Button>
      </header>
      <Lacking
        read={{ state, words: fault, again: () => void readAccounts() }}
        empty={shown.length === 0 ? { title: a.none } : null}
        failed={a.failed}
        what={t.people.parts.accounts}
      />
      {shown.length > 0 && (
        <table className="rows">
          <thead>
            <tr>
              <th>{a.columns.name}</th>
              <th>{a.columns.role}</th>
              <th>{a.columns.scope}</th>
              <th>{a.columns.state}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.id} className={one.disabled ? 'off' : ''} data-testid="account-row" data-account={one.username}>
                <td>
                  <b>{one.name}</b> {isMe(one.id) || isMe(one.username) ? <span className="tag">{a.you}</span> : null}
                  <small>{one.username}</small>
                </td>
                <td>{t.role[one.role]}</td>
                <td>{scopeWords(one, names, t)}</td>
                <td>
                  {one.disabled ? a.disabled : a.active}
                  <small>{one.secondFactor ? a.secondFactor : a.noSecondFactor}</small>
                </td>
                <td className="acts">
                  <button className="chip" onClick={() => setOpen({ id: one.id })} aria-label={`${t.people.edit} ${one.name}`} data-testid="edit-account">
                    {t.people.edit}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {importing && <ImportAccounts onClose={() => setImporting(false)} onDone={() => void readAccounts()} />}
      {open && (open.id === null || editing) && <AccountDialog key={open.id} account={editing} onClose={() => setOpen(null)} />}
    </div>
  );
}
