import type { Account, YardDesk } from '@muckwatch/contract';
import { useEffect, useRef, useState } from 'react';
import { get, isAbort, wordsOf } from '../app/api.js';
import { plateWords } from '../app/plate.js';
import { go } from '../app/router.js';
import { clockTime, spanWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useKept } from '../app/useKept.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { shortTime } from '../notice/says.js';
import { usePlaceList } from '../own/placeNames.js';
import { RefuseDialog, type Refusable } from './RefuseDialog.js';
import './yard.css';
import { fullness, inOrder, type Load, refusableOf } from './yardRows.js';

const READ_EVERY_MS = 15_000;
const NO_PLACES: readonly string[] = [];

/** Who waits, who tips, who comes, and how much room is left. */
export default function YardPage({ account, yardId }: { account: Account; yardId: string | null }) {
  const t = useWords();
  const places = usePlaceList(account.placeIds ?? NO_PLACES);
  const yards = places.filter(({ properties }) => properties.kind === 'yard');
  const chosen = yardId ?? yards[0]?.properties.id ?? (account.placeIds?.length === 1 ? account.placeIds[0]! : null);
  if (chosen === null) {
    if (account.placeIds && account.placeIds.length > 0 && places.length < account.placeIds.length) return <Waiting what={t.yard.title} />;
    return (
      <main className="own-main">
        <div className="own-empty">
          <strong>{t.yard.none}</strong>
        </div>
      </main>
    );
  }
  return (
    <main className="own-main yard" data-testid="yard">
      {yards.length > 1 && (
        <select className="own-field" aria-label={t.yard.choose} value={chosen} onChange={({ target }) => go(`#/yard/${encodeURIComponent(target.value)}`)}>
          {yards.map(({ properties }) => (
            <option key={properties.id} value={properties.id!}>
              {properties.name}
            </option>
          ))}
        </select>
      )}
      <Yard key={chosen} id={chosen} />
    </main>
  );
}

/** Read anew four times a minute while somebody looks; what was read stays while the line is broken, with its age. */
function useDesk(id: string) {
  const [read, setRead] = useState<{ desk: YardDesk | null; at: number; fault: string | null }>({ desk: null, at: 0, fault: null });
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    const abort = new AbortController();
    const work = () => {
      if (document.visibilityState === 'hidden') return;
      get<YardDesk>(`/yards/${encodeURIComponent(id)}/desk`, abort.signal).then(
        (desk) => setRead({ desk, at: serverNow(), fault: null }),
        (error: unknown) => !isAbort(error) && setRead((was) => ({ ...was, fault: wordsOf(error) })),
      );
    };
    again.current = work;
    work();
    const timer = setInterval(work, READ_EVERY_MS);
    document.addEventListener('visibilitychange', work);
    return () => {
      abort.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', work);
    };
  }, [id]);
  return { ...read, again: () => again.current() };
}

function Yard({ id }: { id: string }) {
  const t = useWords();
  const zone = useZone();
  const { desk, at, fault, again } = useDesk(id);
  const [refusing, setRefusing] = useKept<Refusable | null>('refusing', null);
  const [said, setSaid] = useState<string | null>(null);
  if (!desk) {
    if (fault === null) return <Waiting what={t.yard.title} />;
    return (
      <div className="own-empty" role="alert">
        <strong>{t.yard.failed}</strong>
        <p>{fault}</p>
        <button className="own-quiet" onClick={again}>
          {t.retry}
        </button>
      </div>
    );
  }
  return (
    <>
      <Figures desk={desk} />
      <p className="own-small yard-age" role="status">
        <b>{desk.yard.name}</b> {t.yard.age(clockTime(at, zone))}
        {fault && <span className="c-serious"> · {fault}</span>}
      </p>
      {said && (
        <p className="notice-band good" role="status" data-testid="refused-note">
          {said}
        </p>
      )}
      <div className="yard-columns">
        <HereList desk={desk} onRefuse={setRefusing} />
        <ComingList desk={desk} />
      </div>
      <LoadList loads={desk.loads} onRefuse={setRefusing} />
      {refusing && (
        <RefuseDialog
          load={refusing}
          onClose={() => setRefusing(null)}
          onDone={() => {
            setSaid(t.yard.refusedNow(plateWords(refusing.plate)));
            setRefusing(null);
            again();
          }}
        />
      )}
    </>
  );
}

function Figures({ desk }: { desk: YardDesk }) {
  const t = useWords();
  const { today, remainingM3, yard } = desk;
  const number = (m3: number) => Math.round(m3).toLocaleString(t.code);
  const full = fullness(desk);
  const waiting = desk.here.filter(({ state }) => state === 'waiting').length;
  return (
    <div className="yard-figures">
      <div>
        <small>{t.yard.state.waiting}</small>
        <b className={waiting > 5 ? 'c-serious' : ''}>{waiting}</b>
        <span>
          {t.yard.here} {desk.here.length} · {t.yard.coming} {desk.coming.length}
        </span>
      </div>
      <div>
        <small>{t.yard.today}</small>
        <b>{t.yard.loads(today.loads)}</b>
        <span>
          {t.yard.volume(number(today.volumeM3))}
          {today.estimatedLoads > 0 && ` · ${t.yard.estimated(today.estimatedLoads)}`}
          {today.refused > 0 && ` · ${t.yard.refusedCount(today.refused)}`}
        </span>
      </div>
      <div data-testid="remaining">
        <small>{t.yard.remaining}</small>
        <b className={full !== null && full >= 0.95 ? 'c-critical' : full !== null && full >= 0.9 ? 'c-serious' : ''}>
          {remainingM3 === null ? t.none : remainingM3 <= 0 ? t.yard.full : t.yard.volume(number(remainingM3))}
        </b>
        <span>{yard.capacityM3 === null ? t.yard.remainingNone : t.yard.capacityOf(number(yard.capacityM3))}</span>
        {full !== null && (
          <div className={`volume-bar ${full >= 1 ? 'full' : full >= 0.9 ? 'near' : ''}`} aria-hidden>
            <i style={{ width: `${full * 100}%` }} />
          </div>
        )}
      </div>
    </div>
  );
}

function HereList({ desk, onRefuse }: { desk: YardDesk; onRefuse: (load: Refusable) => void }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  return (
    <section className="own-card">
      <h2 className="own-card-h">
        {t.yard.here} {desk.here.length}
      </h2>
      {desk.here.length === 0 && <p className="own-small">{t.yard.hereNone}</p>}
      <ul className="yard-list">
        {inOrder(desk.here).map(({ truck, company, since, state }) => {
          const haulId = state === 'empty' ? null : refusableOf(truck.id, desk.loads);
          return (
            <li key={truck.id} data-testid="yard-here" data-state={state}>
              <span className="yard-row">
                <b>{plateWords(truck.plate)}</b>
                <span className={`yard-state y-${state}`}>{t.yard.state[state]}</span>
              </span>
              <span className="yard-row soft">
                <span>{company}</span>
                <span>
                  {since === null
                    ? t.yard.sinceUnknown
                    : `${t.yard.since(shortTime(Date.parse(since), now, zone, t))} · ${spanWords(now - Date.parse(since), t)}`}
                </span>
              </span>
              {haulId !== null && <RefuseButton load={{ haulId, plate: truck.plate }} onRefuse={onRefuse} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ComingList({ desk }: { desk: YardDesk }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  return (
    <section className="own-card">
      <h2 className="own-card-h">
        {t.yard.coming} {desk.coming.length}
      </h2>
      {desk.coming.length === 0 && (
        <p className="own-small">
          {t.yard.comingNone} {t.yard.comingWhy}
        </p>
      )}
      <ul className="yard-list">
        {desk.coming.map((haul) => (
          <li key={haul.id} data-testid="yard-coming">
            <span className="yard-row">
              <b>{plateWords(haul.truck.plate)}</b>
              <span>{t.yard.from(haul.site?.name ?? t.yard.unknownSite)}</span>
            </span>
            <span className="yard-row soft">
              <span>{haul.company?.name}</span>
              <span>{t.yard.left(shortTime(Date.parse(haul.departedAt), now, zone, t))}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LoadList({ loads, onRefuse }: { loads: readonly Load[]; onRefuse: (load: Refusable) => void }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const time = (at: string) => shortTime(Date.parse(at), now, zone, t);
  return (
    <section className="own-card">
      <h2 className="own-card-h">
        {t.yard.loadsToday} {loads.length}
      </h2>
      {loads.length === 0 && <p className="own-small">{t.yard.loadsNone}</p>}
      <ul className="yard-list">
        {loads.map((load) => (
          <li key={load.id} data-testid="yard-load">
            <span className="yard-row">
              <b>{plateWords(load.truck.plate)}</b>
              <span>
                {load.estimated ? '≈ ' : ''}
                {t.yard.volume(load.volumeM3.toFixed(1))}
              </span>
            </span>
            <span className="yard-row soft">
              <span>{load.site?.name ?? t.yard.unknownSite}</span>
              <span>
                {load.unloadedAt ? t.yard.unloaded(time(load.unloadedAt)) : load.arrivedAt ? t.yard.arrived(time(load.arrivedAt)) : ''}
                {load.inferred && ` · ${t.yard.inferred}`}
              </span>
            </span>
            {load.refusal ? (
              <span className="yard-refusal">✕ {t.yard.refusedBy(load.refusal.by, time(load.refusal.at), load.refusal.reason)}</span>
            ) : (
              <RefuseButton load={{ haulId: load.id, plate: load.truck.plate }} onRefuse={onRefuse} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RefuseButton({ load, onRefuse }: { load: Refusable; onRefuse: (load: Refusable) => void }) {
  const t = useWords();
  if (!useMay('refuse-loads')) return null;
  return (
    <button className="yard-refuse" aria-label={t.yard.refuseTitle(plateWords(load.plate))} onClick={() => onRefuse(load)} data-testid="refuse">
      {t.yard.refuse}
    </button>
  );
}
