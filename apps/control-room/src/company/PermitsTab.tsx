import { useState } from 'react';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { wallOf } from '../app/cityClock.js';
import { useMap } from '../map/mapStore.js';
import { hauledWords } from '../permits/hauled.js';
import { usePermits } from '../permits/permitsStore.js';
import { type PermitLeft, permitsLeft, RUNS_OUT_AT_SHARE, RUNS_OUT_IN_DAYS } from './rows.js';
import { Empty } from './TrucksTab.js';

/** What runs out first; the rest when it is asked for. */
export function PermitsTab() {
  const t = useWords();
  const now = useNow();
  const permits = usePermits((s) => s.permits);
  const [all, setAll] = useState(false);
  const rows = permitsLeft(permits, Math.floor(now / 3_600_000) * 3_600_000);
  const running = rows.filter(({ runsOut }) => runsOut);
  const shown = all ? rows : running;
  return (
    <>
      {shown.length === 0 && <Empty what={t.company.noPermits} why={t.company.noPermitsWhy} />}
      <ul className="company-rows">
        {shown.map((row) => (
          <Row key={row.permit.id} row={row} />
        ))}
      </ul>
      {!all && rows.length > running.length && (
        <button className="company-more" onClick={() => setAll(true)}>
          {t.company.allPermits} ({rows.length})
        </button>
      )}
    </>
  );
}

function Row({ row: { permit, daysLeft, share } }: { row: PermitLeft }) {
  const t = useWords();
  const zone = useZone();
  const places = useMap((s) => s.places);
  const name = (id: string) => places.find((place) => place.id === id)?.name ?? id;
  const hauled = hauledWords(permit, t);
  const ends = permit.validTo === null ? null : wallOf(Date.parse(permit.validTo), zone).date;
  return (
    <li>
      <a className="company-row" href={`#/permits/${encodeURIComponent(permit.id)}`} data-testid="company-permit" data-id={permit.id}>
        <span className="company-one">
          <b className="company-plate">
            {name(permit.siteId)} → {t.list(permit.yardIds.map(name))}
          </b>
          <span className="mute">{permit.id}</span>
        </span>
        {ends !== null && daysLeft !== null && (
          <span className={daysLeft < 0 ? 'c-critical' : daysLeft <= RUNS_OUT_IN_DAYS ? 'c-serious' : 'soft'}>
            {daysLeft < 0 ? t.company.ended(ends) : t.company.ends(ends, t.span.days(daysLeft))}
          </span>
        )}
        {hauled && (
          <span
            className={share === null || share < RUNS_OUT_AT_SHARE ? 'soft' : share >= 1 ? 'c-critical' : 'c-serious'}
            title={t.permits.hauled.why}
            data-testid="permit-hauled"
          >
            {hauled}
          </span>
        )}
        {share !== null && (
          <span className={`company-bar ${share >= 1 ? 'full' : share >= RUNS_OUT_AT_SHARE ? 'near' : ''}`} aria-hidden>
            <i style={{ width: `${Math.min(100, share * 100)}%` }} />
          </span>
        )}
      </a>
    </li>
  );
}
