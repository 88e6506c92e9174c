import { memo, type RefObject, useEffect, useRef } from 'react';
import { chooseIncident, useFocus } from '../app/focus.js';
import { ageWords, shiftOf } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { readAllDecided, readDecided, useAlerts } from './alertStore.js';
import type { QueueRow } from './holding.js';
import { type Incident, NO_FILTER, type Stage, STAGES } from './incidents.js';
import { useHanding } from '../shift/handoverStore.js';
import { ReportBar } from '../reports/ReportBar.js';
import { HandoverBar } from '../shift/HandoverBar.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { QueueFilters } from './QueueFilters.js';
import { BulkBar } from './BulkBar.js';
import { IncidentRow } from './IncidentRow.js';
import { selectTo, toggleSelected, useSelection } from './selection.js';
import { pointerOver, setFilter, settle, setTab, useQueue } from './queueStore.js';
import { ROW_PX, useDrawn } from './useDrawn.js';
import './queue.css';

export function Queue() {
  const t = useWords();
  const { tab, counts, decidedMore, rows, waiting } = useQueue();
  const mayDecide = useMay('decide');
  const list = useRef<HTMLDivElement>(null);

  const showWaiting = () => {
    settle();
    list.current?.scrollTo({ top: 0 });
  };

  return (
    <section className="queue" aria-label={t.queue.title}>
      <div className="queue-head">
        <div className="queue-tabs" role="tablist">
          {STAGES.map((stage) => (
            <button key={stage} role="tab" aria-selected={tab === stage} onClick={() => setTab(stage)} data-testid={`tab-${stage}`}>
              {t.queue.tab[stage]} {counts[stage]}
              {stage === 'decided' && decidedMore ? '+' : ''}
            </button>
          ))}
        </div>
        {mayDecide && <HandButton />}
      </div>
      <QueueFilters />
      {mayDecide && <HandoverBar />}
      <ReportBar />
      {waiting.length > 0 && (
        <button className="queue-waiting" onClick={showWaiting} data-testid="waiting">
          <span>
            <span className={`c-${worst(waiting)}`}>{SEVERITY_SHAPE[worst(waiting)]}</span> {t.queue.waiting(waiting.length)}
          </span>
          <b>
            {t.queue.show} <kbd>n</kbd>
          </b>
        </button>
      )}
      <div
        className="queue-list"
        ref={list}
        // An empty list box is a fault to those who hear the page: what would fill it is then plain text.
        role={rows.length > 0 ? 'listbox' : 'region'}
        aria-label={t.queue.tab[tab]}
        onPointerEnter={() => pointerOver(true)}
        onPointerLeave={() => pointerOver(false)}
      >
        <Rows rows={rows} list={list} />
        {rows.length === 0 && <Empty tab={tab} />}
      </div>
      {rows.length > 0 && <Hidden />}
      {tab === 'decided' && <More shown={rows.length} more={decidedMore} />}
      {mayDecide && <BulkBar />}
      <Keys />
    </section>
  );
}

/** The waiting come in the queue's order: the worst is the first. */
const worst = (waiting: Incident[]) => waiting[0]!.severity;

function Rows({ rows, list }: { rows: QueueRow[]; list: RefObject<HTMLDivElement | null> }) {
  const t = useWords();
  const now = useNow();
  const chosen = useFocus((s) => s.incidentId);
  const ticked = useSelection((s) => s.ids);
  const mayDecide = useMay('decide');
  const chosenAt = rows.findIndex(({ incident }) => incident.id === chosen);
  const { drawn, rest } = useDrawn(rows.length, chosenAt, list);
  return (
    <>
      {rows.slice(0, drawn).map(({ incident, left }) => (
        <IncidentRow
          key={incident.id}
          incident={incident}
          left={left}
          chosen={incident.id === chosen}
          age={ageWords(now - Date.parse(incident.lead.began), t)}
          ticked={ticked.has(incident.id)}
          onChoose={chooseIncident}
          onTick={mayDecide ? tick : undefined}
        />
      ))}
      {drawn < rows.length && <div ref={rest} style={{ height: (rows.length - drawn) * ROW_PX }} aria-hidden />}
    </>
  );
}

function HandButton() {
  const t = useWords();
  return (
    <a
      href="#/handovers"
      className="queue-hand"
      title={t.shifts.handHint}
      onClick={(event) => {
        event.preventDefault();
        useHanding.setState({ writing: true });
      }}
      data-testid="handover"
    >
      {t.shifts.hand}
    </a>
  );
}

const tick = (id: string, range: boolean) => (range ? selectTo(id) : toggleSelected(id));

/** The page keeps the newest of what was decided; the rest of the shift is fetched for whoever asks. */
function More({ shown, more }: { shown: number; more: boolean }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const whole = useAlerts((s) => s.decidedWhole);
  const read = useAlerts((s) => s.decidedRead);
  if (whole && read === 'reading') return <p className="queue-more">{t.queue.readingAll(shown)}</p>;
  if (!more && !(whole && read === 'failed')) return null;
  return (
    <p className="queue-more" data-testid="decided-more">
      <span>{read === 'failed' ? t.problem.offline : t.queue.newestOnly(shown)}</span>
      <button className="plain c-minor" onClick={() => void readAllDecided(shiftOf(now, zone).since)}>
        {t.queue.showAll}
      </button>
    </p>
  );
}

/** A filter that was forgotten must not pass for a quiet night. */
function Hidden() {
  const t = useWords();
  const hidden = useQueue((s) => s.hiddenByFilter);
  if (hidden === 0) return null;
  return (
    <p className="queue-more" data-testid="hidden">
      <span>{t.queue.empty.filteredWhy(hidden)}</span>
      <button className="plain c-minor" onClick={() => setFilter(NO_FILTER)}>
        {t.queue.empty.clear}
      </button>
    </p>
  );
}

/** An empty list says what would fill it. */
function Empty({ tab }: { tab: Stage }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const hidden = useQueue((s) => s.hiddenByFilter);
  const link = useLive((s) => s.link);
  const decidedRead = useAlerts((s) => s.decidedRead);

  if (link === 'connecting') return <p className="queue-empty">{t.link.connecting}</p>;
  if (hidden > 0) {
    return (
      <div className="queue-empty">
        <strong>{t.queue.empty.filtered}</strong>
        <p>{t.queue.empty.filteredWhy(hidden)}</p>
        <button className="plain c-minor" onClick={() => setFilter(NO_FILTER)}>
          {t.queue.empty.clear}
        </button>
      </div>
    );
  }
  if (tab === 'decided' && decidedRead === 'reading') return <p className="queue-empty">{t.loading(t.queue.tab.decided)}</p>;
  if (tab === 'decided' && decidedRead === 'failed') {
    return (
      <div className="queue-empty">
        <strong>{t.problem.offline}</strong>
        <button className="plain c-minor" onClick={() => void readDecided(shiftOf(now, zone).since)}>
          {t.retry}
        </button>
      </div>
    );
  }
  return (
    <div className="queue-empty">
      <strong>{t.queue.empty[tab]}</strong>
      <p>{t.queue.empty[`${tab}Why`]}</p>
    </div>
  );
}

const Keys = memo(function Keys() {
  const t = useWords();
  // The list gives the keys' hold back when the page goes: a pointer that left with it would hold for ever.
  useEffect(() => () => pointerOver(false), []);
  return (
    <div className="queue-keys" aria-hidden>
      <span>
        <kbd>j</kbd>
        <kbd>k</kbd> {t.queue.keys.move}
      </span>
      {(
        [
          ['a', t.queue.keys.acknowledge],
          ['c', t.queue.keys.confirm],
          ['d', t.queue.keys.dismiss],
          ['/', t.queue.keys.find],
          ['?', t.queue.keys.all],
        ] as const
      ).map(([key, what]) => (
        <span key={key}>
          <kbd>{key}</kbd> {what}
        </span>
      ))}
    </div>
  );
});
