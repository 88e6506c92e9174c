import { HEAT_RULES } from '@muckwatch/contract';
import { useEffect } from 'react';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { readHeat, useHeat } from './heatStore.js';
import { HeatWorst } from './HeatWorst.js';

/** Decisions of others come in; the count need not follow each. */
const AGAIN_MS = 60_000;

/** What the heat counts, and since when. */
export function HeatLegend() {
  const t = useWords();
  const zone = useZone();
  const { shown, days, heat, fault } = useHeat();
  useEffect(() => {
    if (!shown) return;
    void readHeat();
    const timer = setInterval(() => void readHeat(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [shown, days]);
  if (!shown) return null;

  const h = t.mapTools.heat;
  const since = (from: string) => timeWords(Date.parse(from), serverNow(), zone, t);
  const what = HEAT_RULES.map((rule) => t.rule[rule]).join(h.and);
  return (
    <div className="heat-legend map-box" data-testid="heat-legend">
      <div className="heat-says">
        <i className="heat-scale" aria-hidden />
        {fault ? (
          <span role="alert">
            {h.failed} {fault}{' '}
            <button className="plain c-minor" onClick={() => void readHeat()}>
              {t.retry}
            </button>
          </span>
        ) : heat === null ? (
          <span>{t.loading(h.layer)}</span>
        ) : heat.count === 0 ? (
          <span>{h.none(what, since(heat.from))}</span>
        ) : (
          <span>
            {h.counted(what, since(heat.from), heat.count.toLocaleString(t.code))}
            {heat.left > 0 && ` ${h.left(heat.left.toLocaleString(t.code))}`}
          </span>
        )}
      </div>
      {heat !== null && heat.items.length > 0 && <HeatWorst heat={heat} />}
    </div>
  );
}
