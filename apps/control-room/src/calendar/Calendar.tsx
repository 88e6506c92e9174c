import type { WorkingCalendar, WorkingYear } from '@muckwatch/contract';
import { Button, Input, Popconfirm } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { del, post, postCsv, put } from '../app/api.js';
import { Empty, Lacking } from '../app/Parts.js';
import { partsOf } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { decoded } from '../importing/importFile.js';
import './calendar.css';
import { DeadlineCheck } from './DeadlineCheck.js';
import { HoursPanel } from './HoursPanel.js';
import { YearGrid } from './YearGrid.js';

/** The working-time calendar that deadlines are counted by: hours, published years, and what a deadline would be. */
export default function Calendar() {
  const t = useWords();
  const c = t.review.calendar;
  const zone = useZone();
  const mayChange = useMay('set-for-all');
  const read = useRead<WorkingCalendar>('/calendar');
  const [changed, setChanged] = useState<WorkingCalendar | null>(null);
  const calendar = changed ?? (read.state === 'read' ? read.answer : null);
  const thisYear = Number(partsOf(serverNow(), zone).year);
  const [year, setYear] = useKept<number | null>('calendar', null);
  const years = [...(calendar?.years ?? [])].sort((a, b) => a.year - b.year);
  const shown = year ?? years.find((one) => one.year === thisYear)?.year ?? years.at(-1)?.year ?? null;
  const known = years.find((one) => one.year === shown) ?? null;
  const [adding, setAdding] = useKept('calendar adding', false);
  const next = years.length === 0 ? thisYear : years.at(-1)!.year + 1;

  if (!calendar) {
    return (
      <div className="sheet">
        <Lacking read={{ ...read, words: read.state === 'failed' ? read.words : null }} empty={null} failed={c.failed} what={t.review.parts.calendar} />
      </div>
    );
  }
  const hearYear = (heard: WorkingYear) => {
    setChanged({ ...calendar, years: [...calendar.years.filter((one) => one.year !== heard.year), heard] });
    setYear(heard.year);
    setAdding(false);
  };
  const draft: WorkingYear | null = adding ? { year: shown ?? next, holidays: [], workdays: [], source: '' } : known;
  return (
    <div className="sheet calendar" data-testid="calendar">
      <div className="calendar-side">
        <HoursPanel calendar={calendar} mayChange={mayChange} onSaved={(hours) => setChanged({ ...calendar, ...hours })} />
        <DeadlineCheck />
      </div>
      <section className="panel calendar-years">
        <header className="sheet-head">
          <h2>{c.years}</h2>
          <div className="sheet-chips">
            {years.map((one) => (
              <button
                key={one.year}
                className={`chip ${one.year === shown ? 'on strong' : ''}`}
                aria-pressed={one.year === shown}
                onClick={() => {
                  setYear(one.year);
                  setAdding(false);
                }}
                data-testid={`year-${one.year}`}
              >
                {c.year(one.year)}
              </button>
            ))}
            {mayChange && (
              <button
                className={`chip ${adding ? 'on strong' : ''}`}
                onClick={() => {
                  setYear(next);
                  setAdding(true);
                }}
                data-testid="new-year"
              >
                + {c.addYear}
              </button>
            )}
          </div>
          {mayChange && <Import onDone={read.again} onRead={() => setChanged(null)} />}
        </header>
        <p className="soft">{mayChange ? c.what : t.may.notOffered.calendar}</p>
        {draft ? (
          <Year
            key={`${draft.year} ${adding}`}
            year={draft}
            isNew={adding}
            mayChange={mayChange}
            weekdays={calendar.weekdays}
            onSaved={hearYear}
            onRemoved={() => {
              setChanged({ ...calendar, years: calendar.years.filter((one) => one.year !== draft.year) });
              setYear(null);
            }}
          />
        ) : (
          <Empty title={c.none} why={c.noneWhy} />
        )}
      </section>
    </div>
  );
}

interface YearProps {
  year: WorkingYear;
  isNew: boolean;
  mayChange: boolean;
  weekdays: readonly number[];
  onSaved: (year: WorkingYear) => void;
  onRemoved: () => void;
}

function Year({ year, isNew, mayChange, weekdays, onSaved, onRemoved }: YearProps) {
  const t = useWords();
  const c = t.review.calendar;
  const [draft, setDraft] = useKept(`calendar ${year.year}`, year);
  const [tried, setTried] = useState(false);
  const { busy, fault, send } = useSend();
  const [done, setDone] = useState(false);
  const known = useRef(year);
  useEffect(() => {
    if (known.current !== year) setDraft((known.current = year));
  }, [year]);
  const changed = isNew || draft !== year;
  const noSource = draft.source.trim() === '';

  const save = () => {
    setTried(true);
    if (noSource) return;
    const body = { ...draft, source: draft.source.trim() };
    void send(async () => {
      const answer = await put<WorkingYear | null>(`/calendar/years/${draft.year}`, body);
      setDone(true);
      // What the server answered, a year or the whole calendar, must not be guessed at: what was sent was taken.
      onSaved(answer && 'holidays' in answer ? answer : body);
    });
  };
  const remove = () =>
    void send(async () => {
      await del(`/calendar/years/${draft.year}`);
      onRemoved();
    });

  return (
    <>
      <p className="calendar-counts">
        <b>{c.year(draft.year)}</b> <span className="soft">{c.counts(draft.holidays.length, draft.workdays.length)}</span>
      </p>
      <YearGrid
        year={draft}
        weekdays={weekdays}
        onChange={
          mayChange
            ? (next) => {
                setDone(false);
                setDraft(next);
              }
            : null
        }
      />
      <div className="calendar-save">
        <Input
          value={draft.source}
          maxLength={200}
          placeholder={c.sourceHint}
          aria-label={c.source}
          addonBefore={c.source}
          readOnly={!mayChange}
          status={tried && noSource ? 'error' : undefined}
          onChange={(event) => setDraft({ ...draft, source: event.target.value })}
          data-testid="year-source"
        />
        {mayChange && (
          <Button type="primary" disabled={!changed || busy} onClick={save} data-testid="save-year">
            {c.save}
          </Button>
        )}
        {mayChange && !isNew && (
          <Popconfirm title={c.removeSure(draft.year)} okText={c.remove} cancelText={t.cancel} onConfirm={remove}>
            <Button danger disabled={busy}>
              {c.remove}
            </Button>
          </Popconfirm>
        )}
      </div>
      <p className={fault || (tried && noSource) ? 'form-fault' : 'form-fault soft'} role="status">
        {fault ?? (tried && noSource ? c.sourceWrong : changed ? c.unsaved : done ? c.saved : '')}
      </p>
    </>
  );
}

/** JSON or CSV, told by what stands in it. */
function Import({ onDone, onRead }: { onDone: () => void; onRead: () => void }) {
  const c = useWords().review.calendar;
  const input = useRef<HTMLInputElement>(null);
  const { busy, fault, send } = useSend();
  const [said, setSaid] = useState<string | null>(null);
  const take = (file: File) =>
    void send(async () => {
      setSaid(null);
      const text = decoded(await file.arrayBuffer())
        .replace(/^\ufeff/, '')
        .trim();
      const answer = /^[[{]/.test(text)
        ? await post<unknown>('/calendar/import', JSON.parse(text))
        : await postCsv<unknown>(`/calendar/import?source=${encodeURIComponent(file.name.replace(/\.\w+$/, '').slice(0, 200))}`, text);
      const count = (answer as { years?: unknown[]; items?: unknown[] } | null)?.items?.length ?? null;
      setSaid(count === null ? c.saved : c.imported(count));
      onRead();
      onDone();
    });
  return (
    <span className="calendar-import">
      <Button disabled={busy} onClick={() => input.current?.click()} title={c.importHint}>
        {c.import}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.csv,application/json,text/csv"
        aria-label={c.import}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) take(file);
          target.value = '';
        }}
        data-testid="calendar-file"
      />
      <span role="status" className={fault ? 'c-serious' : 'soft'}>
        {fault ?? said}
      </span>
    </span>
  );
}
