import type { AuditRow } from '@muckwatch/contract';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { get, isAbort, wordsOf } from '../app/api.js';
import { cityInstant } from '../app/cityTime.js';
import { Empty, Lacking } from '../app/Parts.js';
import '../app/pages.css';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import './audit.css';
import { auditPath, deedOf, detailWords, isSought, NOTHING_SOUGHT, type Sought } from './auditQuery.js';
import { Verify } from './Verify.js';
import { MomentInput } from '../app/typed.js';

const PAGE = 50;
/** While somebody types, nothing is asked. */
const TYPED_MS = 300;

/** Who did what, when, from where; and whether anybody has touched the record. */
export default function AuditPage() {
  const t = useWords();
  const a = t.audit;
  const [sought, setSought] = useState<Sought>(NOTHING_SOUGHT);
  const { state, fault, rows, cursor, more, again } = useRows(sought);
  return (
    <div className="page" data-testid="audit-page">
      <header className="page-head audit-head">
        <h1>{a.title}</h1>
        <p>{a.what}</p>
      </header>
      <div className="page-body">
        <div className="sheet audit">
          <Verify />
          <Filters sought={sought} onChange={setSought} onRefresh={again} />
          {rows.length === 0 && <Lacking read={{ state, words: fault, again }} empty={null} failed={a.failed} what={a.title} />}
          {state === 'read' && rows.length === 0 && (
            <Empty title={isSought(sought) ? a.filtered : a.none} why={isSought(sought) ? undefined : a.noneWhy}>
              {isSought(sought) && (
                <button className="plain c-minor" onClick={() => setSought(NOTHING_SOUGHT)}>
                  {a.clear}
                </button>
              )}
            </Empty>
          )}
          {rows.length > 0 && (
            <table className={`rows ${state === 'reading' ? 'stale' : ''}`}>
              <thead>
                <tr>
                  <th>{a.at}</th>
                  <th>{a.who}</th>
                  <th>{a.action}</th>
                  <th>{a.target}</th>
                  <th>{a.status}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row key={row.seq} row={row} onSeek={(part) => setSought({ ...sought, ...part })} />
                ))}
              </tbody>
            </table>
          )}
          {rows.length > 0 && state === 'failed' && (
            <p className="c-serious" role="alert">
              {a.failed} {fault}
            </p>
          )}
          {rows.length > 0 &&
            (cursor ? (
              <Button className="sheet-more" disabled={state === 'reading'} onClick={more} data-testid="audit-more">
                {a.more}
              </Button>
            ) : (
              <p className="soft">{a.end}</p>
            ))}
        </div>
      </div>
    </div>
  );
}

function Row({ row, onSeek }: { row: AuditRow; onSeek: (part: Partial<Sought>) => void }) {
  const t = useWords();
  const a = t.audit;
  const zone = useZone();
  const deed = deedOf(row.action);
  const refused = row.status !== null && row.status >= 400;
  const said = detailWords(row.detail);
  const { username, target } = row;
  return (
    <tr data-testid="audit-row" data-seq={row.seq}>
      <td className="audit-at" title={row.at}>
        {timeWords(Date.parse(row.at), serverNow(), zone, t)}
        <small>#{row.seq}</small>
      </td>
      <td>
        {username ? (
          <button className="plain audit-seek" onClick={() => onSeek({ username })}>
            {username}
          </button>
        ) : row.address === null ? (
          a.server
        ) : (
          a.nobody
        )}
        <small>{[row.role && (t.role[row.role as keyof typeof t.role] ?? row.role), row.address].filter(Boolean).join(' · ')}</small>
      </td>
      <td>
        {a.deeds[deed] ?? deed}
        {a.deeds[deed] && <small className="audit-deed">{deed}</small>}
      </td>
      <td className="audit-said">
        {target && (
          <button className="plain audit-seek" onClick={() => onSeek({ target })}>
            {target}
          </button>
        )}
        {said && <small title={said}>{said}</small>}
      </td>
      <td className={refused ? 'c-serious' : ''}>{row.status === null ? t.none : refused ? a.refused(row.status) : a.ok}</td>
    </tr>
  );
}

function Filters({ sought, onChange, onRefresh }: { sought: Sought; onChange: (sought: Sought) => void; onRefresh: () => void }) {
  const a = useWords().audit;
  const text = (key: 'username' | 'action' | 'target', label: string, hint: string) => (
    <label>
      <span>{label}</span>
      <input
        className="field"
        value={sought[key]}
        placeholder={hint}
        autoComplete="off"
        onChange={(event) => onChange({ ...sought, [key]: event.target.value })}
        data-testid={`audit-${key}`}
      />
    </label>
  );
  const time = (key: 'from' | 'to', label: string) => (
    <label>
      <span>{label}</span>
      <MomentInput label={label} value={sought[key]} onChange={(value) => onChange({ ...sought, [key]: value })} data-testid={`audit-${key}`} />
    </label>
  );
  return (
    <div className="audit-filters">
      {text('username', a.who, a.whoHint)}
      {text('action', a.action, a.actionHint)}
      {text('target', a.target, a.targetHint)}
      {time('from', a.from)}
      {time('to', a.to)}
      <Button onClick={onRefresh}>{a.refresh}</Button>
      <Button disabled={!isSought(sought)} onClick={() => onChange(NOTHING_SOUGHT)}>
        {a.clear}
      </Button>
    </div>
  );
}

/** Newest first, page by page; other conditions begin anew while the old rows stand. */
function useRows(sought: Sought) {
  const zone = useZone();
  const [state, setState] = useState<'reading' | 'read' | 'failed'>('reading');
  const [fault, setFault] = useState<string | null>(null);
  const [rows, setRows] = useState<readonly AuditRow[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const reading = useRef<AbortController | null>(null);

  const read = (from: string | null, before: readonly AuditRow[]) => {
    reading.current?.abort();
    const abort = (reading.current = new AbortController());
    setState('reading');
    get<{ items: AuditRow[]; nextCursor: string | null }>(
      auditPath(sought, from, PAGE, (text) => cityInstant(text, zone)),
      abort.signal,
    ).then(
      (page) => {
        setRows([...before, ...page.items]);
        setCursor(page.nextCursor);
        setFault(null);
        setState('read');
      },
      (error: unknown) => {
        if (isAbort(error)) return;
        setFault(wordsOf(error));
        setState('failed');
      },
    );
  };
  const first = useRef(true);
  useEffect(() => {
    const timer = setTimeout(() => read(null, []), first.current ? 0 : TYPED_MS);
    first.current = false;
    return () => clearTimeout(timer);
  }, [sought, tries, zone]);
  useEffect(() => () => reading.current?.abort(), []);
  return { state, fault, rows, cursor, more: () => read(cursor, rows), again: () => setTries((n) => n + 1) };
}
