import type { Account } from '@muckwatch/contract';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { patch, post } from '../app/api.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import { useMap } from '../map/mapStore.js';
import { Field } from '../permits/Field.js';
import { useRegistry } from '../trucks/registry.js';
import { type AccountForm, bodyOf, changeOf, formOf, madePassword, ROLES, wrongsIn } from './accountForm.js';
import { hearAccount } from './Accounts.js';
import { AccountSafety } from './AccountSafety.js';
import { namedDistricts, useDistricts } from './districtStore.js';

/** One account: who, in what role, what of the city; below, once it is there, what keeps it safe. */
export function AccountDialog({ account, onClose }: { account: Account | null; onClose: () => void }) {
  const t = useWords();
  const a = t.people.accounts;
  const opened = formOf(account);
  const [typed, setTyped] = useKept(`account ${account?.id ?? 'new'} ${JSON.stringify(opened)}`, opened);
  const [password, setPassword] = useState('');
  const form: AccountForm = { ...typed, password };
  const [tried, setTried] = useState(false);
  const { busy, fault, send } = useSend();
  const isNew = account === null;
  const wrongs = wrongsIn(form, isNew);
  const shown = tried ? wrongs : {};
  const change = (part: Partial<Omit<AccountForm, 'password'>>) => setTyped((before) => ({ ...before, ...part }));
  const changed = isNew || Object.keys(changeOf(account, form)).length > 0;

  const save = () => {
    setTried(true);
    if (Object.keys(wrongs).length > 0) return;
    void send(async () => {
      hearAccount(
        isNew ? await post<Account>('/accounts', bodyOf(form)) : await patch<Account>(`/accounts/${encodeURIComponent(account.id)}`, changeOf(account, form)),
      );
      onClose();
    });
  };

  return (
    <Modal
      open
      mask={{ closable: false }}
      title={isNew ? a.formNew : a.form(account.name)}
      onCancel={onClose}
      onOk={save}
      okText={busy ? t.people.saving : isNew ? t.people.create : t.people.save}
      okButtonProps={{ disabled: busy || !changed, 'data-testid': 'save-account' }}
      cancelText={isNew ? t.cancel : t.close}
      width={600}
    >
      <div className="form" data-testid="account-form">
        <div className="form-pair">
          <Field label={a.username} id="account-username" hint={isNew ? a.usernameHint : undefined} wrong={shown.username ? a.wrong.username : null}>
            <Input
              id="account-username"
              autoFocus={isNew}
              disabled={!isNew}
              autoComplete="off"
              maxLength={64}
              value={form.username}
              onChange={(event) => change({ username: event.target.value })}
            />
          </Field>
          <Field label={a.name} id="account-name">
            <Input id="account-name" autoComplete="off" maxLength={80} value={form.name} onChange={(event) => change({ name: event.target.value })} />
          </Field>
        </div>
        {isNew && (
          <Field label={a.password} id="account-password" hint={a.passwordHint} wrong={shown.password ? a.wrong.password : null}>
            <div className="field-row">
              <Input
                id="account-password"
                autoComplete="new-password"
                maxLength={256}
                value={form.password}
                onChange={(event) => setPassword(event.target.value)}
              />
              <button type="button" className="chip" onClick={() => setPassword(madePassword((n) => crypto.getRandomValues(new Uint8Array(n))))}>
                {a.make}
              </button>
            </div>
          </Field>
        )}
        <Field label={a.role} id="account-role" hint={a.roleWhat[form.role]}>
          <Select
            id="account-role"
            value={form.role}
            onChange={(role) => change({ role })}
            options={ROLES.map((role) => ({ value: role, label: t.role[role] }))}
          />
        </Field>
        <Scope form={form} onChange={change} wrongOf={(field) => (shown[field] ? a.wrong[field] : null)} />
        <p className="form-fault" role="alert">
          {fault}
        </p>
        {account && <AccountSafety account={account} />}
      </div>
    </Modal>
  );
}

interface ScopeProps {
  form: AccountForm;
  onChange: (part: Partial<Omit<AccountForm, 'password'>>) => void;
  wrongOf: (field: 'placeIds' | 'companyIds') => string | null;
}

/** By name, never by id; nothing chosen narrows nothing. */
function Scope({ form, onChange, wrongOf }: ScopeProps) {
  const t = useWords();
  const a = t.people.accounts;
  const districts = useDistricts((s) => s.districts);
  const companies = useRegistry((s) => s.companies);
  const places = useMap((s) => s.places);
  const fields = [
    {
      key: 'placeIds' as const,
      label: a.places,
      any: a.any.places,
      options: places.map(({ id, name, kind }) => ({ value: id, label: `${name} · ${t.place[kind]}` })),
    },
    {
      key: 'companyIds' as const,
      label: a.companies,
      any: a.any.companies,
      options: [...companies.values()].map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: 'districtIds' as const,
      label: a.districts,
      any: a.any.districts,
      options: namedDistricts(districts).map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
  return fields.map(({ key, label, any, options }) => (
    <Field
      key={key}
      label={label}
      id={`account-${key}`}
      wrong={key === 'districtIds' ? null : wrongOf(key)}
      hint={key === 'districtIds' ? a.together : undefined}
    >
      <Select
        id={`account-${key}`}
        mode="multiple"
        allowClear
        placeholder={any}
        value={form[key]}
        onChange={(ids) => onChange({ [key]: ids })}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
      />
    </Field>
  ));
}
