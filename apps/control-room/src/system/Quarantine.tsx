import type { Quarantined, QuarantineSummary } from '@muckwatch/contract';
import { Button, Table } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { get, wordsOf } from '../app/api.js';
import { timeWords } from '../app/time.js';
import { Waiting } from '../app/Waiting.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useLive, useZone } from '../live/liveStore.js';
import { OfferAgain } from './OfferAgain.js';

type Summary = QuarantineSummary['items'][number];

/** What could not be used: nobody's part of the city, so whoever sees a part is told why it is not shown. */
export function Quarantine() {
  const t = useWords();
  if (useMay('see-city')) return <Reasons />;
  return (
    <section className="system-quarantine">
      <h2>{t.system.quarantine}</h2>
      <p>{t.may.notOffered.quarantine}</p>
    </section>
  );
}

/** By reason, each with an example; a reason opens its newest messages. */
function Reasons() {
  const t = useWords();
  const zone = useZone();
  const waiting = useLive((s) => s.health?.intake.quarantined ?? 0);
  const [items, setItems] = useState<Summary[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const read = useCallback(() => {
    get<QuarantineSummary>('/quarantine/summary').then(
      (summary) => {
        setItems(summary.items);
        setFault(null);
      },
      (error: unknown) => setFault(wordsOf(error)),
    );
  }, []);
  // Read again when something more was put aside.
  useEffect(read, [read, waiting]);

  return (
    <section className="system-quarantine">
      <h2>{t.system.quarantine}</h2>
      <p>{t.system.quarantineWhy}</p>
      {fault && (
        <p className="c-serious" role="alert">
          {t.system.quarantineFailed} {fault}{' '}
          <button className="plain c-minor" onClick={read}>
            {t.retry}
          </button>
        </p>
      )}
      {!items && !fault && <Waiting what={t.system.quarantine} small />}
      {items && (
        <Table<Summary>
          data-testid="quarantine"
          rowKey="reason"
          size="middle"
          pagination={false}
          dataSource={[...items].sort((a, b) => b.count - a.count)}
          locale={{ emptyText: <EmptyQuarantine /> }}
          expandable={{ expandedRowRender: (item) => <Newest reason={item.reason} count={item.count} />, expandRowByClick: true }}
          rowClassName="quarantine-row"
          columns={[
            { title: t.system.reason, dataIndex: 'reason', width: 170, render: (reason: string) => <ReasonWords reason={reason} /> },
            { title: t.system.count, dataIndex: 'count', width: 90, align: 'right', render: (n: number) => n.toLocaleString(t.code) },
            { title: t.system.lastAt, dataIndex: 'lastAt', width: 130, render: (at: string) => timeWords(Date.parse(at), serverNow(), zone, t) },
            {
              title: t.system.example,
              dataIndex: 'example',
              render: (example: Quarantined, { reason }) => (
                <>
                  {example.detail} <OfferAgain reason={reason} onOffered={read} />
                </>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

function ReasonWords({ reason }: { reason: string }) {
  const t = useWords();
  const words = t.system.reasons[reason];
  return (
    <span>
      {words ?? reason}
      {words && t.code === 'zh-CN' && <small className="mute"> {reason}</small>}
    </span>
  );
}

function EmptyQuarantine() {
  const t = useWords();
  return (
    <div className="quarantine-empty">
      <strong>{t.system.quarantineEmpty}</strong>
      <p>{t.system.quarantineEmptyWhy}</p>
    </div>
  );
}

const PAGE = 20;

function Newest({ reason, count }: { reason: string; count: number }) {
  const t = useWords();
  const [items, setItems] = useState<Quarantined[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [state, setState] = useState<{ at: 'reading' | 'read' } | { at: 'failed'; words: string }>({ at: 'reading' });

  const read = useCallback(
    (from: string | null, before: Quarantined[]) => {
      setState({ at: 'reading' });
      get<{ items: Quarantined[]; nextCursor: string | null }>(
        `/quarantine?reason=${encodeURIComponent(reason)}&limit=${PAGE}${from ? `&cursor=${encodeURIComponent(from)}` : ''}`,
      ).then(
        (page) => {
          setItems([...before, ...page.items]);
          setCursor(page.nextCursor);
          setState({ at: 'read' });
        },
        (error: unknown) => setState({ at: 'failed', words: wordsOf(error) }),
      );
    },
    [reason],
  );
  // More of this reason were put aside while it stood open.
  useEffect(() => read(null, []), [read, count]);

  return (
    <div className="quarantine-newest">
      {items.map((item) => (
        <Message key={item.id} item={item} />
      ))}
      {state.at === 'reading' ? (
        <Waiting what={t.system.quarantine} small />
      ) : state.at === 'failed' ? (
        <p className="c-serious">{state.words}</p>
      ) : cursor ? (
        <Button onClick={() => read(cursor, items)}>{t.system.more}</Button>
      ) : null}
    </div>
  );
}

function Message({ item }: { item: Quarantined }) {
  const t = useWords();
  const zone = useZone();
  return (
    <article className="quarantine-message">
      <header>
        <time>{timeWords(Date.parse(item.receivedAt), serverNow(), zone, t)}</time>
        <code>{item.topic}</code>
        <span>{t.system.bytes(item.bytes.toLocaleString(t.code))}</span>
        {item.bytes > 16_384 && <span>{t.system.truncated}</span>}
      </header>
      <p>{item.detail}</p>
      <pre>{item.payload}</pre>
    </article>
  );
}
