import { memo, useState } from 'react';
import { Waiting } from '../app/Waiting.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { openPermit, useDesk } from './desk.js';
import { hauledWords } from './hauled.js';
import { hoursWords } from './hours.js';
import type { PermitRow } from './permitRows.js';
import { readPermits, usePermits } from './permitsStore.js';
import { comingWords, validityWords } from './when.js';

const PAGE = 100;

/** Each permit in three lines: from where to where and how it stands, who by which way, when and how much. */
export function PermitList({ rows }: { rows: PermitRow[] }) {
  const t = useWords();
  const { read, fault, permits } = usePermits();
  const [shown, setShown] = useState(PAGE);
  const minute = Math.floor(useNow() / 60_000) * 60_000;

  if (read === 'reading' && permits.length === 0) return <Waiting what={t.permits.title} />;
  return (
    <div className="permits-list" role="list" data-testid="permits">
      {read === 'failed' && (
        <p className="permits-empty c-serious" role="alert">
          {t.permits.empty.failed} {fault}{' '}
          <button className="plain c-minor" onClick={() => void readPermits()}>
            {t.retry}
          </button>
        </p>
      )}
      {rows.slice(0, shown).map((row) => (
        <Row key={row.permit.id} row={row} minute={minute} />
      ))}
      {rows.length > shown && (
        <button className="permits-more" onClick={() => setShown(shown + PAGE)}>
          {t.permits.more(Math.min(PAGE, rows.length - shown))}
        </button>
      )}
      {rows.length === 0 && read === 'read' && <Empty />}
    </div>
  );
}

const Row = memo(function Row({ row, minute }: { row: PermitRow; minute: number }) {
  const t = useWords();
  const zone = useZone();
  const { permit, now, company, site, yards } = row;
  const { period, open, until } = now;
  const words = [
    permit.truckIds.length === 0 ? t.permits.allTrucks : t.permits.trucks(permit.truckIds.length),
    permit.routeIds.length === 0 ? t.permits.anyRoute : t.permits.routes(permit.routeIds.length),
    hauledWords(permit, t),
  ].filter((word) => word !== null);
  const coming = until === null ? null : comingWords(until, minute, zone, t);
  const hover = (id: string | null) => useDesk.setState({ hoveredId: id });
  return (
    <button
      className={`permit-row p-${period}`}
      role="listitem"
      onClick={() => openPermit(permit, zone)}
      onPointerEnter={() => hover(permit.id)}
      onPointerLeave={() => hover(null)}
      onFocus={() => hover(permit.id)}
      onBlur={() => hover(null)}
      data-testid="permit-row"
      data-id={permit.id}
    >
      <span className="permit-one">
        <span className="permit-way">
          <b>{site ?? t.permits.unknown(permit.siteId)}</b>
          <i aria-hidden> → </i>
          {t.list(yards.map((yard, i) => yard ?? t.permits.unknown(permit.yardIds[i]!)))}
        </span>
        <span className={`permit-state ${period === 'active' ? (open ? 'open' : 'closed') : ''}`}>
          <i aria-hidden>{period === 'active' ? (open ? '●' : '○') : period === 'not-yet' ? '◔' : '✕'}</i>{' '}
          {period === 'active' ? (open ? t.permits.openNow : t.permits.closedNow) : t.permits.periods[period]}
        </span>
      </span>
      <span className="permit-one">
        <span className="permit-line">
          {company ?? t.permits.unknown(permit.companyId)} · {words.join(' · ')}
        </span>
        <span className="permit-until">{coming && (open ? t.permits.openUntil(coming) : t.permits.opensAt(coming))}</span>
      </span>
      <span className="permit-one">
        <span className="permit-line wraps">
          <span>{hoursWords(permit.hours, t)} ·</span> <span>{validityWords(permit.validFrom, permit.validTo, zone, t)}</span>
        </span>
        <span className="permit-id">{permit.id}</span>
      </span>
    </button>
  );
});

/** An empty list says what would fill it. */
function Empty() {
  const t = useWords();
  const { search, period } = useDesk();
  const filtered = search.trim() !== '' || period !== null;
  return (
    <div className="permits-empty">
      <strong>{filtered ? t.permits.empty.filtered : t.permits.empty.permits}</strong>
      {filtered ? (
        <button className="plain c-minor" onClick={() => useDesk.setState({ search: '', period: null })}>
          {t.permits.empty.clear}
        </button>
      ) : (
        <p>{t.permits.empty.permitsWhy}</p>
      )}
    </div>
  );
}
