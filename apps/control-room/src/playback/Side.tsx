import { TRACK_FORMATS } from '@muckwatch/contract';
import { useEffect, useMemo, useState } from 'react';
import { go } from '../app/router.js';
import { spanWords, timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { hashOf, type Said } from './address.js';
import { clock, useClock } from './clock.js';
import { colourOf } from './colours.js';
import { again, inOrder, stopReading, usePlay } from './playStore.js';
import type { Recording } from './readTruck.js';
import { usePlateOf } from './usePlateOf.js';

/** Reading is spoken of only where it takes longer than this. */
const TELL_AFTER_MS = 2_000;
const MOST_EVENTS = 200;
/** An event is shown as it begins. */
const LEAD_MS = 10_000;

/** What is being read, what has come, what happened, and what can be taken away. */
export function Side({ said }: { said: Said }) {
  const t = useWords();
  const { shown } = usePlay();
  if (!shown) {
    return (
      <div className="play-empty">
        <strong>{t.playback.emptyTitle}</strong>
        <p>{t.playback.emptyWhy}</p>
      </div>
    );
  }
  return (
    <>
      <Progress said={said} />
      <Trucks said={said} />
      <Events />
      <Export />
      <p className="play-keys mute">{t.playback.keys}</p>
    </>
  );
}

function Progress({ said }: { said: Said }) {
  const t = useWords();
  const { shown, recordings, reading, stopped, faults, since } = usePlay();
  const plateOf = usePlateOf();
  const late = useLate(reading, since);
  const known = [...recordings.values()];
  const fixes = known.reduce((sum, { tape }) => sum + tape.at.length + tape.doubted.length, 0);
  const share = Math.floor((known.reduce((sum, one) => sum + one.share, 0) / shown!.trucks.length) * 100);
  return (
    <div className="play-progress" aria-live="polite">
      {reading && late && (
        <div data-testid="play-reading">
          {t.playback.reading(share, fixes.toLocaleString(t.code))}
          <div className="play-bar">
            <i style={{ width: `${share}%` }} />
          </div>
          <button className="chip" onClick={stopReading} data-testid="play-stop">
            {t.playback.stop}
          </button>
        </div>
      )}
      {reading && !late && <div className="creep" />}
      {[...faults].map(([id, why]) => (
        <p key={id} className="c-serious" role="alert">
          {t.playback.failed(plateOf(id), why)}
        </p>
      ))}
      {stopped && <p className="c-serious">{t.playback.stopped}</p>}
      {(stopped || faults.size > 0) && (
        <button className="chip" onClick={() => again({ ...said, ...shown! })} data-testid="play-again">
          {t.playback.again}
        </button>
      )}
    </div>
  );
}

function useLate(reading: boolean, since: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!reading) return;
    const timer = setTimeout(() => setLate(true), TELL_AFTER_MS - (performance.now() - since));
    return () => clearTimeout(timer);
  }, [reading, since]);
  return late;
}

function Trucks({ said }: { said: Said }) {
  const t = useWords();
  const { shown, recordings, chartOf } = usePlay();
  const plateOf = usePlateOf();
  const { trucks, everyS } = shown!;
  const all = inOrder({ shown, recordings });
  const n = (value: number) => value.toLocaleString(t.code);
  const speed = useClock((s) => s.speed);
  return (
    <ul className="play-trucks">
      {all.map(({ truckId, tape, share }) => {
        const count = tape.at.length + tape.doubted.length;
        return (
          <li key={truckId} data-testid="play-truck">
            <header>
              {trucks.length > 1 && <i className="play-swatch" style={{ background: colourOf(trucks, truckId) }} />}
              {trucks.length > 1 ? (
                <button
                  className={`chip ${chartOf === truckId ? 'strong' : ''}`}
                  aria-pressed={chartOf === truckId}
                  onClick={() => usePlay.setState({ chartOf: chartOf === truckId ? null : truckId })}
                >
                  {plateOf(truckId)}
                </button>
              ) : (
                <strong>{plateOf(truckId)}</strong>
              )}
              {trucks.length > 1 && (
                <button
                  className="plain mute"
                  aria-label={t.playback.remove(plateOf(truckId))}
                  onClick={() => go(hashOf({ ...said, ...shown!, at: clock.at, speed, trucks: trucks.filter((id) => id !== truckId) }))}
                >
                  ✕
                </button>
              )}
            </header>
            {count > 0 || share < 1 ? (
              <p data-testid="play-count">{t.playback.count(n(count), n(tape.stored))}</p>
            ) : (
              <p className="c-serious">{t.playback.none(plateOf(truckId))}</p>
            )}
            {tape.doubted.length > 0 && <p data-testid="play-doubted">{t.playback.doubted(tape.doubted.length)}</p>}
            {tape.lateCount > 0 && <p className="play-late">{t.playback.late(tape.lateCount)}</p>}
          </li>
        );
      })}
      {everyS > 0 && <li className="mute">{t.playback.thinned(everyS)}</li>}
    </ul>
  );
}

interface Happened {
  key: string;
  at: number;
  truckId: string;
  words: string;
  className: string;
}

function Events() {
  const t = useWords();
  const zone = useZone();
  const plateOf = usePlateOf();
  const { shown, recordings, reading } = usePlay();
  const all = useMemo(() => inOrder({ shown, recordings }).flatMap((one) => eventsOf(one, t)).sort((a, b) => a.at - b.at), [shown, recordings, t]); // prettier-ignore
  if (all.length === 0) return reading ? null : <p className="mute">{t.playback.noEvents}</p>;
  const several = shown!.trucks.length > 1;
  return (
    <section>
      <h2>{t.playback.events}</h2>
      <ol className="play-events">
        {all.slice(0, MOST_EVENTS).map(({ key, at, truckId, words, className }) => (
          <li key={key}>
            <button onClick={() => clock.seek(at - LEAD_MS)} data-testid="play-event">
              <time>{timeWords(at, serverNow(), zone, t)}</time>
              <span className={className}>{words}</span>
              {several && <span className="mute">{plateOf(truckId)}</span>}
            </button>
          </li>
        ))}
      </ol>
      {all.length > MOST_EVENTS && <p className="mute">{t.playback.moreEvents(all.length - MOST_EVENTS)}</p>}
    </section>
  );
}

function eventsOf({ truckId, alerts, stays }: Recording, t: ReturnType<typeof useWords>): Happened[] {
  const stops = (stays?.stops ?? []).map(({ from, to }): Happened => {
    const at = Date.parse(from);
    return { key: `stop ${truckId} ${from}`, at, truckId, words: t.playback.stopFor(spanWords(Date.parse(to) - at, t)), className: 'soft' };
  });
  const told = alerts.map(({ id, began, severity, rule }): Happened => {
    return { key: id, at: Date.parse(began), truckId, words: `${SEVERITY_SHAPE[severity]} ${t.rule[rule]}`, className: `c-${severity}` };
  });
  return [...told, ...stops];
}

function Export() {
  const t = useWords();
  const { from, to, trucks } = usePlay((s) => s.shown)!;
  const iso = (at: number) => new Date(at).toISOString();
  const query = `trucks=${trucks.join(',')}&from=${iso(from)}&to=${iso(to)}&language=${t.code === 'zh-CN' ? 'zh' : 'en'}`;
  return (
    <section>
      <h2>{t.playback.export}</h2>
      <div className="play-chips">
        {TRACK_FORMATS.map((format) => (
          <a key={format} className="chip" href={`/api/v1/exports/track?${query}&format=${format}`} download data-testid={`play-${format}`}>
            {format === 'geojson' ? 'GeoJSON' : format.toUpperCase()}
          </a>
        ))}
      </div>
      <p className="mute">{t.playback.exportHint}</p>
    </section>
  );
}
