import type { ReportRecipient, ReportSending } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { patch, post } from '../app/api.js';
import { Empty } from '../app/Parts.js';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useSend } from '../app/useSend.js';
import { useMay } from '../auth/may.js';
import { Stale } from '../city/Stale.js';
import { useFresh } from '../city/useFresh.js';
import { useWords } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { myId } from '../shift/assign.js';
import { stateOf, waysOf } from './sending.js';
import './reports.css';

const EVERY_MS = 60_000;

/** When the next report comes and who gets it; everybody sees to themselves. */
export function Sending() {
  const t = useWords();
  const r = t.reports;
  const zone = useZone();
  const now = useNow();
  const edit = useLive((s) => s.edits.reports);
  const everybody = useMay('set-for-all');
  const read = useFresh<ReportSending>(`/reports/sending?edit=${edit}`, EVERY_MS);
  const unseen = read.answer?.unseen ?? null;
  useEffect(() => {
    // Where it cannot be said now, the bar says it again.
    if (unseen !== null) void post(`/reports/${unseen}/seen`).catch(() => undefined);
  }, [unseen]);
  const { answer } = read;
  return (
    <div className="report-sending" data-testid="report-sending">
      <Stale read={read} />
      {answer && (
        <>
          <p className="report-next">
            <b>{r.next(answer.next.week, timeWords(Date.parse(answer.next.at), now, zone, t))}</b>
            {everybody && <span> · {r.to(answer.recipients.length)}</span>}
          </p>
          <Mine answer={answer} onSaved={read.again} />
          {everybody && (answer.recipients.length > 0 ? <Recipients items={answer.recipients} /> : <Empty title={r.none} why={r.noneWhy} />)}
        </>
      )}
    </div>
  );
}

function Mine({ answer, onSaved }: { answer: ReportSending; onSaved: () => void }) {
  const t = useWords();
  const r = t.reports;
  const { busy, fault, send } = useSend();
  const { recipients } = answer;
  // As it was ticked, at once: what the server has is read again after it.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const wanted = chosen ?? answer.wanted;
  const choose = (weeklyReport: boolean) => {
    setChosen(weeklyReport);
    void send(() => patch('/me/notice-settings', { weeklyReport })).then((ok) => (ok ? onSaved() : setChosen(null)));
  };
  const own = recipients.find(({ accountId }) => accountId === myId());
  const alone = wanted && own?.channels.length === 0;
  return (
    <div className="report-mine">
      <label>
        <input type="checkbox" checked={wanted} disabled={busy} onChange={({ target }) => choose(target.checked)} data-testid="report-mine" />
        {r.mine}
      </label>
      <small>
        {busy ? r.saving : alone ? r.noChannel : own ? r.mineOn(t.list(waysOf(own).map((way) => t.told.channel[way]))) : r.mineOff}{' '}
        <a href="#/me">{r.channels}</a>
      </small>
      {fault && (
        <small className="c-serious" role="alert">
          {fault}
        </small>
      )}
    </div>
  );
}

function Recipients({ items }: { items: ReportRecipient[] }) {
  const t = useWords();
  const r = t.reports;
  const zone = useZone();
  const now = useNow();
  const week = items.flatMap(({ deliveries }) => deliveries)[0]?.week ?? null;
  return (
    <div className="report-table">
      <table className="rows" data-testid="report-recipients">
        <thead>
          <tr>
            <th>{r.who}</th>
            <th>{r.by}</th>
            <th>{week === null ? r.lastNone : r.last(week)}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.accountId}>
              <td>
                <b>{one.name}</b>
                <small>
                  {t.role[one.role]} · {one.wholeCity ? r.whole : r.part}
                </small>
              </td>
              <td>{t.list(waysOf(one).map((way) => t.told.channel[way]))}</td>
              <td>
                {one.deliveries.map((delivery, i) => (
                  <small key={i} className={stateOf(delivery) === 'failed' ? 'c-serious' : undefined} title={delivery.answer ?? undefined}>
                    {t.told.channel[delivery.channel]} {t.told.delivery[delivery.status]}{' '}
                    {delivery.at !== null && timeWords(Date.parse(delivery.at), now, zone, t)}
                    {stateOf(delivery) !== 'done' && delivery.answer !== null && ` · ${delivery.answer}`}
                  </small>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
