import type { Position, TruckResource } from '@muckwatch/contract';
import { useEffect, useMemo, useState } from 'react';
import { useAlerts } from '../alerts/alertStore.js';
import { isDecided, quietOf } from '../alerts/incidents.js';
import { chooseTruck } from '../app/focus.js';
import { plateKey, plateWords } from '../app/plate.js';
import { ageWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { fleet } from '../live/connection.js';
import { STATES } from '../live/fleet.js';
import { useLive } from '../live/liveStore.js';
import { currentMap } from '../map/current.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { useRegistry } from '../trucks/registry.js';
import { SensorHealth } from '../trucks/SensorHealth.js';
import { useSensors, wantSensors } from './sensorStore.js';

export interface TruckRow {
  truck: TruckResource;
  /** null: it has never been heard since the page's snapshot. */
  state: Position['state'] | null;
  heardAt: number | null;
}

const PAGE = 40;
const ORDER: (Position['state'] | null)[] = ['alert', 'silent', 'loaded', 'unknown', 'empty', null];
const SHAPE: Record<Position['state'], string> = { alert: '◆', silent: '◌', loaded: '▲', unknown: '△', empty: '△' };

/** Who needs looking at stands first. Positions live outside React: the rows are read off them every few seconds. */
export function useTruckRows(): TruckRow[] {
  const trucks = useRegistry((s) => s.trucks);
  const known = useLive((s) => s.trucks);
  const beat = Math.floor(useNow() / 3_000);
  return useMemo(() => {
    const rows = [...trucks.values()].map((truck): TruckRow => {
      const i = fleet.indexOf(truck.id);
      return { truck, state: i === null ? null : STATES[fleet.state[i]!]!, heardAt: i === null ? null : fleet.at[i]! };
    });
    return rows.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.truck.plate < b.truck.plate ? -1 : 1));
    // `beat` and `known` say when to look again.
  }, [trucks, known, beat]);
}

export function TrucksTab({ onShow }: { onShow: () => void }) {
  const t = useWords();
  const rows = useTruckRows();
  const { state } = useRegistry();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(PAGE);
  const found = search.trim() === '' ? rows : rows.filter(({ truck }) => plateKey(truck.plate).includes(plateKey(search)));
  const visible = found.slice(0, shown);
  const ids = visible.map(({ truck }) => truck.id).join(' ');
  useEffect(() => wantSensors(ids === '' ? [] : ids.split(' ')), [ids]);

  if (rows.length === 0 && (state === 'no' || state === 'reading')) return <Waiting what={t.company.tab.trucks} small />;
  return (
    <>
      <input
        className="field company-search"
        type="search"
        aria-label={t.company.search}
        placeholder={t.company.search}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {rows.length === 0 && <Empty what={t.company.noTrucks} why={t.company.noTrucksWhy} />}
      <ul className="company-rows">
        {visible.map((row) => (
          <Row key={row.truck.id} row={row} onShow={onShow} />
        ))}
      </ul>
      {found.length > shown && (
        <button className="company-more" onClick={() => setShown(shown + PAGE)}>
          {t.company.more(Math.min(PAGE, found.length - shown))}
        </button>
      )}
    </>
  );
}

function Row({ row: { truck, state, heardAt }, onShow }: { row: TruckRow; onShow: () => void }) {
  const t = useWords();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const alerts = useAlerts((s) => s.alerts);
  const worst = useMemo(() => {
    const own = [...alerts.values()].filter((alert) => alert.truck.id === truck.id && !isDecided(alert) && quietOf(alert) === null);
    return SEVERITIES_WORST_FIRST.map((severity) => ({ severity, n: own.filter((alert) => alert.severity === severity).length })).filter(({ n }) => n > 0);
  }, [alerts, truck.id]);
  return (
    <li className="company-row" data-testid="company-truck" data-id={truck.id} data-state={state ?? 'never'}>
      <span className="company-one">
        <b className="company-plate">{plateWords(truck.plate)}</b>
        <span className={`company-state s-${state ?? 'never'}`}>
          {state === null ? (
            t.company.neverHeard
          ) : (
            <>
              <i aria-hidden>{SHAPE[state]}</i> {t.truckState[state]} · {t.ago(ageWords(now - heardAt!, t))}
            </>
          )}
        </span>
      </span>
      <span className="company-one">
        <Sensors truckId={truck.id} open={open} onToggle={() => setOpen(!open)} />
        <span className="company-acts">
          {worst.map(({ severity, n }) => (
            <span key={severity} className={`c-${severity}`} title={t.undecidedOf(t.severity[severity], n)}>
              {SEVERITY_SHAPE[severity]} {n}
            </span>
          ))}
          {state !== null && (
            <button
              className="chip"
              onClick={() => {
                chooseTruck(truck.id);
                currentMap()?.lookAtTruck(truck.id);
                onShow();
              }}
            >
              {t.company.onMap}
            </button>
          )}
        </span>
      </span>
      {open && <SensorHealth truckId={truck.id} />}
    </li>
  );
}

function Sensors({ truckId, open, onToggle }: { truckId: string; open: boolean; onToggle: () => void }) {
  const t = useWords();
  const known = useSensors((s) => s.trucks.get(truckId));
  const words =
    known === undefined || known === 'reading'
      ? t.company.sensorsReading
      : known === 'failed'
        ? t.sensors.failed
        : known.ailments === null
          ? t.company.sensorsUnheard
          : known.ailments.length === 0
            ? t.company.sensorsFine
            : t.list(known.ailments.map(({ sensor, part }) => t.company.sensorBad(t.sensors.name[sensor], t.sensors.part[part])));
  const bad = typeof known === 'object' && known.ailments !== null && known.ailments.length > 0;
  return (
    <button className={`plain company-sensors ${bad ? 'c-serious' : 'soft'}`} aria-expanded={open} onClick={onToggle}>
      <span aria-hidden>{open ? '▾' : '▸'}</span> {words}
    </button>
  );
}

/** An empty list says what would fill it. */
export function Empty({ what, why }: { what: string; why: string }) {
  return (
    <div className="company-empty">
      <strong>{what}</strong>
      <p>{why}</p>
    </div>
  );
}
