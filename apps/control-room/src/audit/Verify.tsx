import type { AuditVerdict } from '@muckwatch/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { get } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { useSend } from '../app/useSend.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';

/** Has anybody touched the record? The verdict in words, and each fault where there are any. */
export function Verify() {
  const t = useWords();
  const a = t.audit;
  const zone = useZone();
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const { busy, fault, send } = useSend();
  const verify = () => void send(async () => setVerdict(await get<AuditVerdict>('/audit/verify')));
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);
  return (
    <section className={`verdict ${verdict && !busy ? (verdict.ok ? 'intact' : 'broken') : ''}`} data-testid="verdict" data-ok={verdict?.ok}>
      <Button onClick={verify} disabled={busy} data-testid="verify">
        {a.verify}
      </Button>
      <div role="status" className="verdict-words">
        {busy && <Waiting words={a.verifying} small />}
        {fault && (
          <p className="c-serious">
            {a.verifyFailed} {fault}
          </p>
        )}
        {verdict && !busy && !fault && (
          <>
            <strong>
              <span aria-hidden>{verdict.ok ? '✓' : '◆'}</span>{' '}
              {verdict.ok ? a.verified(verdict.rows.toLocaleString(t.code), verdict.seals.toLocaleString(t.code)) : a.broken(verdict.faults.length)}
            </strong>
            <p>
              {verdict.ok ? '' : a.brokenWhy} {verdict.lastSeal ? a.lastSeal(time(verdict.lastSeal.at)) : a.noSeal}
            </p>
            {verdict.lastSeal && <code title={verdict.lastSeal.sha256}>{verdict.lastSeal.sha256.slice(0, 16)}…</code>}
            {verdict.faults.length > 0 && (
              <ul>
                {verdict.faults.slice(0, 20).map((one, i) => (
                  <li key={i}>
                    {one.seq !== null && a.faultAt(one.seq)} {one.at && time(one.at)} {one.what}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </section>
  );
}
