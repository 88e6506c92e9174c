import type { HaulTotals } from '@muckwatch/contract';
import { useWords } from '../i18n/index.js';
import { cubic, number } from './numbers.js';
import { PAGE_ROWS, type Sought } from './sought.js';

/** All loads of the conditions, not of the page alone; and the pages. */
export function HaulSums({
  sums,
  sought,
  shown,
  onChange,
  onRefresh,
}: {
  sums: HaulTotals | null;
  sought: Sought;
  shown: number;
  onChange: (sought: Sought) => void;
  onRefresh: () => void;
}) {
  const t = useWords();
  const h = t.hauls;
  const turn = (page: number) => onChange({ ...sought, page, haul: '' });
  const first = (sought.page - 1) * PAGE_ROWS;
  const pages = sums ? Math.ceil(sums.loads / PAGE_ROWS) : 1;
  return (
    <footer className="hauls-sums" data-testid="hauls-sums">
      {sums && (
        <>
          <strong>{h.sums(number(sums.loads, t))}</strong>
          <span title={h.loadWhy}>
            <b>{h.tonnes(number(sums.loadKg / 1_000, t, 1))}</b> <small>{h.sumsWeighed(number(sums.weighed, t))}</small>
          </span>
          <span title={h.volumeWhy}>
            <b>{h.m3(cubic(sums.volumeM3, t))}</b> {sums.takenM3 !== sums.volumeM3 && <small>{h.sumsTaken(cubic(sums.takenM3, t))} </small>}
            {sums.estimated > 0 && <small>{h.sumsEstimated(number(sums.estimated, t))}</small>}
          </span>
          <span title={h.kmWhy}>
            <b>{h.km(number(sums.distanceKm, t))}</b>
          </span>
        </>
      )}
      <nav className="hauls-pages" aria-label={h.pages}>
        <button className="chip" onClick={onRefresh}>
          {h.refresh}
        </button>
        {sums && pages > 1 && (
          <>
            <button className="chip" disabled={sought.page <= 1} onClick={() => turn(sought.page - 1)} aria-label={h.previous}>
              ‹
            </button>
            <span>{h.page(number(first + 1, t), number(first + shown, t), number(sums.loads, t))}</span>
            <button className="chip" disabled={sought.page >= pages} onClick={() => turn(sought.page + 1)} aria-label={h.next} data-testid="hauls-next">
              ›
            </button>
          </>
        )}
      </nav>
    </footer>
  );
}
