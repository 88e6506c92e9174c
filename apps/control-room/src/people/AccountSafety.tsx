import type { Account, Session } from '@muckwatch/contract';
import { Popconfirm } from 'antd';
import { useState } from 'react';
import { del, itemsOf, patch, post } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useSend } from '../app/useSend.js';
import { useIsMe } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { hearAccount } from './Accounts.js';
import { browserWords } from './browserWords.js';
import { Once } from './Once.js';

/** What an administrator does when a password is forgotten, a phone lost, or somebody leaves. */
export function AccountSafety({ account }: { account: Account }) {
  const t = useWords();
  const a = t.people.accounts;
  const zone = useZone();
  const isMe = useIsMe();
  const path = `/accounts/${encodeURIComponent(account.id)}`;
  const sessions = useRead<unknown>(`${path}/sessions`);
  const [link, setLink] = useState<{ url: string; expiresAt: string } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { busy, fault, send } = useSend();
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const items = sessions.state === 'read' ? itemsOf<Session>(sessions.answer) : [];

  const act = (done: string | null, deed: () => Promise<unknown>) => {
    setSaid(null);
    void send(deed).then((ok) => ok && setSaid(done));
  };
  const own = isMe(account.id);
  return (
    <section className="safety">
      <h3>{a.danger}</h3>
      <ul className="safety-sessions">
        {sessions.state === 'read' && items.length === 0 && <li className="soft">{a.noSessions}</li>}
        {items.map((one) => (
          <li key={one.id}>{a.session(one.userAgent ? browserWords(one.userAgent) : a.unknownAgent, time(one.lastUsedAt))}</li>
        ))}
        {sessions.state === 'failed' && <li className="c-serious">{sessions.words}</li>}
      </ul>
      <div className="form-acts">
        <button
          className="chip"
          disabled={busy || account.disabled}
          title={a.resetWhy}
          onClick={() => act(null, async () => setLink(await post<{ url: string; expiresAt: string }>(`${path}/reset-link`)))}
          data-testid="reset-link"
        >
          {a.reset}
        </button>
        {!own && (
          <button
            className="chip"
            disabled={busy || items.length === 0}
            onClick={() =>
              act(a.ended, async () => {
                await del(`${path}/sessions`);
                sessions.again();
              })
            }
            data-testid="end-sessions"
          >
            {a.endSessions}
          </button>
        )}
        {account.secondFactor && (
          <Popconfirm
            title={a.removeFactorWhy}
            okText={a.removeFactor}
            cancelText={t.cancel}
            onConfirm={() =>
              act(a.factorRemoved, async () => {
                await del(`${path}/second-factor`);
                hearAccount({ ...account, secondFactor: false });
              })
            }
          >
            <button className="chip danger" disabled={busy} data-testid="remove-factor">
              {a.removeFactor}
            </button>
          </Popconfirm>
        )}
        {!own &&
          (account.disabled ? (
            <button className="chip" disabled={busy} onClick={() => act(a.saved, async () => hearAccount(await patch<Account>(path, { disabled: false })))}>
              {a.enable}
            </button>
          ) : (
            <Popconfirm
              title={a.disableWhy}
              okText={a.disable}
              cancelText={t.cancel}
              onConfirm={() => act(a.disabled, async () => hearAccount(await patch<Account>(path, { disabled: true })))}
            >
              <button className="chip danger" disabled={busy} data-testid="disable-account">
                {a.disable}
              </button>
            </Popconfirm>
          ))}
      </div>
      <p className={fault ? 'form-fault' : 'form-fault soft'} role="status">
        {fault ?? said}
      </p>
      {link && <Once title={a.reset} secret={link.url} what={`${a.resetWhy} ${a.resetUntil(time(link.expiresAt))}`} onClose={() => setLink(null)} />}
    </section>
  );
}
