import type { Session } from '@muckwatch/contract';
import { useState } from 'react';
import { del, wordsOf } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { deviceOf } from './device.js';

export function Sessions() {
  const t = useWords();
  const zone = useZone();
  const read = useRead<{ items: Session[] }>('/auth/sessions');
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<string | null>(null);
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  const end = (id: string) =>
    del(`/auth/sessions/${encodeURIComponent(id)}`).then(
      () => setEnded((all) => new Set(all).add(id)),
      (error: unknown) => setFault(wordsOf(error)),
    );
  const sessions = read.state === 'read' ? read.answer.items.filter(({ id }) => !ended.has(id)) : [];
  return (
    <section className="own-card" data-testid="sessions">
      <h2 className="me-h">{t.me.sessions.title}</h2>
      <p className="own-small">{sessions.length === 1 && sessions[0]!.current ? t.me.sessions.only : t.me.sessions.why}</p>
      {read.state === 'reading' && <Waiting what={t.me.sessions.title} small />}
      {(read.state === 'failed' || fault) && (
        <p className="own-small c-critical" role="alert">
          {t.me.sessions.failed} {fault ?? (read.state === 'failed' && read.words)}{' '}
          <button className="own-link-button" onClick={read.again}>
            {t.retry}
          </button>
        </p>
      )}
      <ul className="me-list">
        {[...sessions]
          .sort((a, b) => Number(b.current) - Number(a.current) || Date.parse(b.lastUsedAt) - Date.parse(a.lastUsedAt))
          .map(({ id, current, userAgent, createdAt, lastUsedAt }) => (
            <li key={id} className="me-session">
              <span>
                <b>{deviceOf(userAgent) ?? t.me.sessions.unknown}</b> {current && <span className="tag me-on">{t.me.sessions.current}</span>}
                <small>
                  {t.me.sessions.last(time(lastUsedAt))} · {t.me.sessions.since(time(createdAt))}
                </small>
              </span>
              {!current && (
                <button className="own-quiet" onClick={() => void end(id)}>
                  {t.me.sessions.end}
                </button>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
