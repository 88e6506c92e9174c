import type { Heat } from '@muckwatch/contract';
import { useMemo, useState } from 'react';
import { metres } from '../alerts/measures.js';
import { useWords, type Words } from '../i18n/index.js';
import { currentMap } from './current.js';
import { type Where, whereIs, worstOf } from './heat.js';
import { pointWords } from './MapCorner.js';
import { useMap } from './mapStore.js';

/** The fullest cells one by one, for the keyboard, a reader's voice and a drive round: each leads to its spot. */
export function HeatWorst({ heat }: { heat: Heat }) {
  const t = useWords();
  const h = t.mapTools.heat;
  const [open, setOpen] = useState(false);
  const { places, base } = useMap();
  const worst = useMemo(() => worstOf(heat.items), [heat]);
  const rows = useMemo(() => (open ? worst.map((cell) => ({ cell, where: whereIs(cell, places, base) })) : []), [open, worst, places, base]);
  return (
    <>
      <button className="plain heat-more" aria-expanded={open} onClick={() => setOpen(!open)} data-testid="heat-more">
        <span aria-hidden>{open ? '▾' : '▸'}</span> {h.worst(worst.length)}
      </button>
      {open && (
        <ol className="heat-worst" aria-label={h.worst(worst.length)} data-testid="heat-worst">
          {rows.map(({ cell, where }) => (
            <li key={`${cell.lat} ${cell.lon}`}>
              <button onClick={() => currentMap()?.lookAtHeat(cell)} title={h.look}>
                <b>{cell.count}</b>
                <span>{whereWords(where, t)}</span>
                <small>{h.confirmed(cell.confirmed)}</small>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function whereWords(where: Where, t: Words): string {
  const nearWords = ({ name, metres: far }: { name: string; metres: number }) => t.queue.near(name, metres(far, t));
  if (where.at === 'point') return pointWords(where.lat, where.lon);
  if (where.at === 'near') return nearWords(where);
  return where.at === 'road' && where.near ? `${where.name} · ${nearWords(where.near)}` : where.name;
}
