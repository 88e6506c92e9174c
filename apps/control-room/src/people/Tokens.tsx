import type { ApiToken } from '@muckwatch/contract';
import { Button, Input, Modal, Popconfirm, Select } from 'antd';
import { useEffect, useState } from 'react';
import { del, itemsOf, post } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { Field } from '../permits/Field.js';
import { readAccounts, useAccounts } from './Accounts.js';
import { Once } from './Once.js';

/** Tokens for programs: made, shown once, ended. */
export function Tokens() {
  const t = useWords();
  const k = t.people.tokens;
  const read = useRead<unknown>('/api-tokens?limit=500');
  const [heard, setHeard] = useState<readonly ApiToken[]>([]);
  const [making, setMaking] = useKept('new token open', false);
  const [secret, setSecret] = useState<{ name: string; token: string } | null>(null);
  useEffect(() => void readAccounts(), []);
  const listed = read.state === 'read' ? itemsOf<ApiToken>(read.answer) : [];
  const tokens = [...heard.filter((one) => !listed.some(({ id }) => id === one.id)), ...listed.map((one) => heard.find(({ id }) => id === one.id) ?? one)];
  const hear = (token: ApiToken) => setHeard((before) => [token, ...before.filter(({ id }) => id !== token.id)]);

  return (
    <div className="sheet" data-testid="tokens">
      <header className="sheet-head">
        <p>{k.what}</p>
        <Button type="primary" onClick={() => setMaking(true)} data-testid="new-token">
          {k.add}
        </Button>
      </header>
      <Lacking
        read={{ ...read, words: read.state === 'failed' ? read.words : null }}
        empty={tokens.length === 0 ? { title: k.none, why: k.noneWhy } : null}
        failed={k.failed}
        what={t.people.parts.tokens}
      />
      {tokens.length > 0 && (
        <table className="rows">
          <tbody>
            {tokens.map((token) => (
              <Row key={token.id} token={token} onEnd={() => hear({ ...token, endedAt: new Date(serverNow()).toISOString() })} />
            ))}
          </tbody>
        </table>
      )}
      {making && (
        <TokenDialog
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            if (token.token) setSecret({ name: token.name, token: token.token });
            hear({ ...token, token: undefined });
          }}
        />
      )}
      {secret && <Once title={k.secret(secret.name)} secret={secret.token} what={k.secretWhat} onClose={() => setSecret(null)} />}
    </div>
  );
}

function Row({ token, onEnd }: { token: ApiToken; onEnd: () => void }) {
  const t = useWords();
  const k = t.people.tokens;
  const zone = useZone();
  const { busy, fault, send } = useSend();
  const account = useAccounts((s) => s.accounts.find(({ id }) => id === token.accountId));
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const expired = token.expiresAt !== null && Date.parse(token.expiresAt) <= serverNow();
  const over = token.endedAt !== null || expired;
  const end = () =>
    void send(async () => {
      await del(`/api-tokens/${encodeURIComponent(token.id)}`);
      onEnd();
    });
  return (
    <tr className={over ? 'off' : ''} data-testid="token-row" data-token={token.name}>
      <td>
        <b>{token.name}</b>
        <small>{k.madeBy(token.createdBy, time(token.createdAt))}</small>
        {fault && (
          <small className="c-serious" role="alert">
            {fault}
          </small>
        )}
      </td>
      <td>
        {account?.name ?? token.accountId}
        <small>{token.readOnly ? k.readOnly : k.readWrite}</small>
      </td>
      <td>
        {token.lastUsedAt ? k.lastUsed(time(token.lastUsedAt)) : k.neverUsed}
        <small>
          {token.endedAt ? `${k.ended} ${time(token.endedAt)}` : expired ? k.expired : `${k.expires} ${token.expiresAt ? time(token.expiresAt) : k.never}`}
        </small>
      </td>
      <td className="acts">
        {!over && (
          <Popconfirm title={k.endSure(token.name)} okText={k.end} cancelText={t.cancel} onConfirm={end}>
            <button className="chip danger" disabled={busy} data-testid="end-token">
              {k.end}
            </button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}

const DAYS: (number | null)[] = [30, 90, 365, null];

interface Form {
  name: string;
  accountId: string | null;
  readOnly: boolean;
  /** null: it does not expire. */
  days: number | null;
}

function TokenDialog({ onClose, onMade }: { onClose: () => void; onMade: (token: ApiToken) => void }) {
  const t = useWords();
  const k = t.people.tokens;
  const accounts = useAccounts((s) => s.accounts);
  const [form, setForm] = useKept<Form>('new token', { name: '', accountId: null, readOnly: true, days: 365 });
  const [tried, setTried] = useState(false);
  const { busy, fault, send } = useSend();
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const wrong = { name: form.name.trim() === '', account: form.accountId === null };
  const make = () => {
    setTried(true);
    if (wrong.name || wrong.account) return;
    const expiresAt = form.days === null ? null : new Date(serverNow() + form.days * 86_400_000).toISOString();
    void send(async () =>
      onMade(await post<ApiToken>('/api-tokens', { name: form.name.trim(), accountId: form.accountId, readOnly: form.readOnly, expiresAt })),
    );
  };
  return (
    <Modal
      open
      mask={{ closable: false }}
      title={k.add}
      onCancel={onClose}
      onOk={make}
      okText={busy ? t.people.saving : t.people.create}
      okButtonProps={{ disabled: busy, 'data-testid': 'make-token' }}
      cancelText={t.cancel}
      width={480}
    >
      <div className="form" data-testid="token-form">
        <Field label={k.name} id="token-name" wrong={tried && wrong.name ? k.wrong.name : null}>
          <Input
            id="token-name"
            autoFocus
            maxLength={80}
            placeholder={k.nameHint}
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label={k.account} id="token-account" hint={k.what} wrong={tried && wrong.account ? k.wrong.account : null}>
          <Select
            id="token-account"
            value={form.accountId ?? undefined}
            onChange={(accountId) => change({ accountId })}
            showSearch={{ optionFilterProp: 'label' }}
            options={accounts.filter(({ disabled }) => !disabled).map(({ id, name, role }) => ({ value: id, label: `${name} · ${t.role[role]}` }))}
          />
        </Field>
        <div className="form-pair">
          <Field label={k.access} id="token-access">
            <Select
              id="token-access"
              value={form.readOnly}
              onChange={(readOnly) => change({ readOnly })}
              options={[true, false].map((one) => ({ value: one, label: one ? k.readOnly : k.readWrite }))}
            />
          </Field>
          <Field label={k.expires} id="token-expires">
            <Select<number>
              id="token-expires"
              value={form.days ?? 0}
              onChange={(days) => change({ days: days || null })}
              options={DAYS.map((days) => ({ value: days ?? 0, label: days === null ? k.never : k.inDays(days) }))}
            />
          </Field>
        </div>
        <p className="form-fault" role="alert">
          {fault}
        </p>
      </div>
    </Modal>
  );
}
