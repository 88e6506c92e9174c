import type { HaulTable as Table, HaulTotals } from '@muckwatch/contract';
import { Suspense, useMemo } from 'react';
import { Empty } from '../app/Parts.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { HaulFilters } from './HaulFilters.js';
import { HaulSums } from './HaulSums.js';
import { HaulTable } from './HaulTable.js';
import { faultOf, filterQuery, isFiltered, type Sought, tablePath, unfiltered } from './sought.js';
import { useKept } from './useKept.js';
import { part } from '../app/part.js';

const HaulMapPane = part(() => import('./HaulMapPane.js'));

/** What is under way changes by the minute; what lies in the past does not. */
const READ_EVERY_MS = 60_000;

/** The loads of a stretch as rows, with their sums below and the map beside them. */
export function HaulList({ sought, onChange }: { sought: Sought; onChange: (sought: Sought) => void }) {
  const t = useWords();
  const zone = useZone();
  const fault = faultOf(sought, serverNow(), zone);
  const every = sought.to === '' ? READ_EVERY_MS : null;
  const rows = useKept<Table>(fault ? null : tablePath(sought, serverNow(), zone), every);
  const sums = useKept<HaulTotals>(fault ? null : `/hauls/totals?${filterQuery(sought, serverNow(), zone).toString()}`, every);
  const items = rows.answer?.items;
  const chosen = useMemo(() => items?.find(({ id }) => id === sought.haul) ?? null, [items, sought.haul]);
  const again = () => {
    rows.again();
    sums.again();
  };
  return (
    <div className="hauls-list">
      <HaulFilters sought={sought} onChange={onChange} />
      <div className="hauls-rows">
        {fault !== null && (
          <p className="c-serious hauls-note" role="alert">
            {t.hauls.fault[fault]}
          </p>
        )}
        {rows.state === 'failed' && (
          <p className="c-serious hauls-note" role="alert">
            {t.hauls.failed} {rows.fault}{' '}
            <button className="plain c-minor" onClick={again}>
              {t.retry}
            </button>
          </p>
        )}
        {!items && rows.state === 'reading' && fault === null && (
          <div className="hauls-note">
            <Waiting what={t.hauls.parts.list} small />
          </div>
        )}
        {items?.length === 0 && rows.state === 'read' && (
          <div className="hauls-note">
            <Empty title={isFiltered(sought) ? t.hauls.filtered : t.hauls.none} why={isFiltered(sought) ? undefined : t.hauls.noneWhy}>
              {isFiltered(sought) && (
                <button className="plain c-minor" onClick={() => onChange(unfiltered(sought))}>
                  {t.hauls.clear}
                </button>
              )}
            </Empty>
          </div>
        )}
        {items && items.length > 0 && <HaulTable items={items} sought={sought} stale={rows.state === 'reading'} onChange={onChange} />}
      </div>
      <HaulSums sums={sums.answer} sought={sought} shown={items?.length ?? 0} onChange={onChange} onRefresh={again} />
      <div className="hauls-map">
        <Suspense fallback={<Waiting what={t.hauls.map} />}>
          <HaulMapPane flows={sums.answer?.flows ?? null} chosen={chosen} sought={sought} onChange={onChange} />
        </Suspense>
      </div>
    </div>
  );
}
