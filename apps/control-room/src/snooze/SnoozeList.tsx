import { Fragment, useEffect } from 'react';
import { plateWords } from '../app/plate.js';
import { timeWords } from '../app/time.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { readRegistry, useRegistry } from '../trucks/registry.js';
import { EndSnooze } from './SnoozeLine.js';
import { readSnoozes, useSnoozes } from './snoozes.js';
import './snooze.css';

/** On the system page: every snooze in force, so that a forgotten one is seen. */
export function SnoozeList() {
  const t = useWords();
  const zone = useZone();
  const { state, inForce, fault } = useSnoozes();
  const trucks = useRegistry((s) => s.trucks);
  useEffect(() => void readRegistry(), []);
  const time = (at: string) => timeWords(Date.parse(at), serverNow(), zone, t);

  return (
    <section className="snooze-list" data-testid="snooze-list">
      <h2>{t.snooze.list}</h2>
      <p>{t.snooze.listWhy}</p>
      {fault && (
        <p className="c-serious" role="alert">
          {t.snooze.failed} {fault}{' '}
          <button className="plain c-minor" onClick={() => void readSnoozes()}>
            {t.retry}
          </button>
        </p>
      )}
      {state === 'reading' && <Waiting what={t.snooze.list} small />}
      {state === 'read' && inForce.length === 0 && <p className="snooze-none">{t.snooze.none}</p>}
      {inForce.length > 0 && (
        <div className="snooze-table">
          {inForce.map((one) => (
            <Fragment key={one.id}>
              <b>{plateWords(trucks.get(one.truckId)?.plate ?? one.truckId)}</b>
              <span>{t.rule[one.rule]}</span>
              <span>{t.snooze.untilBy(time(one.until), one.by)}</span>
              <span className="snooze-why">{one.reason}</span>
              <span>
                <EndSnooze id={one.id} />
              </span>
            </Fragment>
          ))}
        </div>
      )}
    </section>
  );
}
