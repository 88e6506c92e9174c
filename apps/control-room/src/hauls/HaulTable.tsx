import type { HaulRow, HaulTableQuery } from '@muckwatch/contract';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { number } from './numbers.js';
import type { Sought } from './sought.js';

type Column = 'departed' | 'truck' | 'way' | 'minutes' | 'km' | 'load' | 'volume' | 'permit' | 'ended' | 'alerts';
const COLUMNS: readonly Column[] = ['departed', 'truck', 'way', 'minutes', 'km', 'load', 'volume', 'permit', 'ended', 'alerts'];
const SORTED: Partial<Record<Column, HaulTableQuery['sort']>> = { departed: 'departed', minutes: 'minutes', km: 'km', load: 'load', volume: 'volume' };
const UNIT: Partial<Record<Column, 'min' | 'km' | 'tonnes' | 'm3'>> = { minutes: 'min', km: 'km', load: 'tonnes', volume: 'm3' };
/** Ends that somebody should look into. */
const LOOK: Partial<Record<HaulRow['outcome'], string>> = {
  dumped: 'c-critical',
  'other-yard': 'c-serious',
  refused: 'c-serious',
  lost: 'c-serious',
  unknown: 'c-serious',
  'under-way': 'c-minor',
  arrived: 'c-minor',
};
const MOST_ALERTS = 3;

export function HaulTable({
  items,
  sought,
  stale,
  onChange,
}: {
  items: readonly HaulRow[];
  sought: Sought;
  stale: boolean;
  onChange: (sought: Sought) => void;
}) {
  return (
    <table className={`rows hauls-table ${stale ? 'stale' : ''}`} data-testid="hauls-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <Heading key={column} column={column} sought={sought} onChange={onChange} />
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((haul) => (
          <Row
            key={haul.id}
            haul={haul}
            chosen={haul.id === sought.haul}
            onChoose={() => onChange({ ...sought, haul: haul.id === sought.haul ? '' : haul.id })}
          />
        ))}
      </tbody>
    </table>
  );
}

function Heading({ column, sought, onChange }: { column: Column; sought: Sought; onChange: (sought: Sought) => void }) {
  const h = useWords().hauls;
  const sort = SORTED[column];
  const why = { km: h.kmWhy, load: h.loadWhy, minutes: h.minutesWhy, volume: h.volumeWhy } as Partial<Record<Column, string>>;
  if (!sort) return <th className={`col-${column}`}>{h.columns[column]}</th>;
  const on = sought.sort === sort;
  const turned = on && sought.order === 'desc' ? 'asc' : 'desc';
  return (
    <th className={`col-${column}`} aria-sort={on ? (sought.order === 'desc' ? 'descending' : 'ascending') : 'none'}>
      <button
        className="plain"
        onClick={() => onChange({ ...sought, sort, order: turned, page: 1, haul: '' })}
        title={why[column]}
        data-testid={`sort-${sort}`}
      >
        {h.columns[column]} <span aria-hidden>{on ? (sought.order === 'desc' ? '↓' : '↑') : '↕'}</span>
        {UNIT[column] && <small>{h[UNIT[column]]('')}</small>}
      </button>
    </th>
  );
}

function Row({ haul, chosen, onChoose }: { haul: HaulRow; chosen: boolean; onChoose: () => void }) {
  const t = useWords();
  const h = t.hauls;
  const zone = useZone();
  const plate = plateWords(haul.truck.plate);
  return (
    <tr className={chosen ? 'chosen' : ''} onClick={onChoose} data-testid="haul-row" data-outcome={haul.outcome} data-truck={haul.truck.id}>
      <td className="col-departed">{timeWords(Date.parse(haul.departedAt), serverNow(), zone, t)}</td>
      <td className="col-truck">
        {/* The row is for the mouse; this for the keyboard and those who do not see it. */}
        <button
          className="plain"
          aria-pressed={chosen}
          aria-label={h.openTruck(plate)}
          onClick={(event) => {
            event.stopPropagation();
            onChoose();
          }}
        >
          <b>{plate}</b>
        </button>
        <small>{haul.company?.name}</small>
      </td>
      <td className="col-way">
        <span title={haul.site?.name}>{haul.site?.name ?? h.unknownSite}</span>
        <span title={haul.yard?.name}>→ {haul.yard?.name ?? h.noYard}</span>
      </td>
      <td className="col-minutes" data-unit={h.min('')}>
        {number(haul.minutes, t)}
      </td>
      <td className="col-km" title={h.kmWhy} data-unit={h.km('')}>
        {number(haul.distanceKm, t, 1)}
      </td>
      <td className="col-load" data-unit={h.tonnes('')}>
        {number(haul.peakLoadKg === null ? null : haul.peakLoadKg / 1_000, t, 1)}
      </td>
      <td className="col-volume" title={haul.estimated ? h.estimatedWhy : h.volumeWhy} data-unit={h.m3('')}>
        {haul.estimated && haul.volumeM3 !== null ? '≈ ' : ''}
        {number(haul.volumeM3, t, 1)}
      </td>
      <td className="col-permit">
        {haul.permitId === null ? (
          <span className="mute">{h.noPermit}</span>
        ) : (
          <a href={`#/permits/${encodeURIComponent(haul.permitId)}`} onClick={(event) => event.stopPropagation()} title={haul.permitId}>
            {haul.permitId}
          </a>
        )}
      </td>
      <td className="col-ended" title={h.outcomeWhy[haul.outcome]}>
        <span className={LOOK[haul.outcome] ?? ''}>{h.outcome[haul.outcome]}</span>
        {haul.inferred && <small title={h.inferredWhy}>{h.inferred}</small>}
      </td>
      <td className="col-alerts">
        {haul.alerts.slice(0, MOST_ALERTS).map(({ id, rule, severity, status }) => (
          <a
            key={id}
            className={status === 'dismissed' ? 'mute' : ''}
            href={`#/alert/${encodeURIComponent(id)}`}
            onClick={(event) => event.stopPropagation()}
            title={`${t.severity[severity]} · ${t.status[status]}`}
            data-testid="haul-alert"
          >
            <i className={status === 'dismissed' ? '' : `c-${severity}`}>{SEVERITY_SHAPE[severity]}</i> {t.rule[rule]}
          </a>
        ))}
        {haul.alerts.length > MOST_ALERTS && <small>+{haul.alerts.length - MOST_ALERTS}</small>}
      </td>
    </tr>
  );
}
