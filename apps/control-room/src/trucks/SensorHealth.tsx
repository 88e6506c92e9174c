import type { TruckSensors } from '@muckwatch/contract';
import { useRead } from '../app/useRead.js';
import { Waiting } from '../app/Waiting.js';
import { useWords, type Words } from '../i18n/index.js';
import { percentOf, type SensorRow, sensorRows, type Shares } from './sensors.js';
import './trucks.css';

const PARTS = ['contradicting', 'faulty', 'unknown'] as const;

/** How well a truck's sensors worked: the last day as a bar, the last week as a thinner one below it. */
export function SensorHealth({ truckId }: { truckId: string }) {
  const t = useWords();
  const read = useRead<TruckSensors>(`/trucks/${encodeURIComponent(truckId)}/sensors`);
  if (read.state === 'reading') return <Waiting what={t.sensors.title} small />;
  if (read.state === 'failed') {
    return (
      <p className="card-note" role="alert">
        {t.sensors.failed} {read.words}{' '}
        <button className="plain c-minor" onClick={read.again}>
          {t.retry}
        </button>
      </p>
    );
  }
  if (read.answer.last7d.heardS <= 0) return <p className="card-note">{t.sensors.unheard}</p>;
  return (
    <div className="sensors" data-testid="sensor-health">
      {sensorRows(read.answer).map((row) => (
        <Row key={row.sensor} row={row} />
      ))}
      <p className="sensors-key">
        {PARTS.map((part) => (
          <span key={part}>
            <i className={`sensor-${part}`} /> {t.sensors.part[part]}
          </span>
        ))}
        <span>{t.sensors.bars}</span>
      </p>
    </div>
  );
}

function Row({ row: { sensor, last24h, last7d } }: { row: SensorRow }) {
  const t = useWords();
  return (
    <div className="sensor" title={`${t.sensors.last24h}: ${sharesWords(last24h, t)}\n${t.sensors.last7d}: ${sharesWords(last7d, t)}`}>
      <span>{t.sensors.name[sensor]}</span>
      <span className="sensor-bars" aria-hidden>
        <Bar shares={last24h} />
        <Bar shares={last7d} thin />
      </span>
      <span>
        {last24h === null ? t.none : last24h.unknown === 1 ? t.notSaid : `${percentOf(last24h.fine)} %`}
        <span className="visually-hidden">{sharesWords(last24h, t)}</span>
      </span>
    </div>
  );
}

function Bar({ shares, thin = false }: { shares: Shares | null; thin?: boolean }) {
  return (
    <span className={`sensor-bar ${thin ? 'thin' : ''} ${shares ? '' : 'none'}`}>
      {shares && PARTS.map((part) => shares[part] > 0 && <i key={part} className={`sensor-${part}`} style={{ width: `${shares[part] * 100}%` }} />)}
    </span>
  );
}

function sharesWords(shares: Shares | null, t: Words): string {
  if (shares === null) return t.sensors.unheardShort;
  const said = PARTS.filter((part) => shares[part] > 0).map((part) => `${t.sensors.part[part]} ${percentOf(shares[part])} %`);
  return said.length === 0 ? t.sensors.fine : t.list(said);
}
