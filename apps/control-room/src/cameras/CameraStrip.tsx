import type { CameraResource, SightingResource } from '@muckwatch/contract';
import { useEffect } from 'react';
import { Empty } from '../app/Parts.js';
import { go } from '../app/router.js';
import { ageWords, timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useFresh } from '../city/useFresh.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { seeTruck } from '../map/current.js';
import { hashOf } from '../playback/address.js';
import { SightingSays } from '../sightings/SightingList.js';
import { agreement, type Agreement } from './agree.js';
import { plateOf } from './CameraCard.js';
import { Shot } from './Shot.js';
import { keyOf, type OwnRead, useOwn } from './useOwn.js';

const LAST = 50;
const EVERY_MS = 10_000;
const AROUND_MS = 15 * 60_000;
const SHAPE: Record<Agreement, string> = { agree: '=', contradict: '◆', 'not-said': '·' };
const NONE: SightingResource[] = [];

/** The last fifty of one camera, newest first; new ones come in by themselves. */
export function CameraStrip({ camera, place }: { camera: CameraResource; place: string }) {
  const t = useWords();
  const c = t.cameras;
  const now = useNow();
  const { answer, readAt, fault, again } = useFresh<{ items: SightingResource[] }>(
    `/sightings?camera=${encodeURIComponent(camera.id)}&limit=${LAST}`,
    EVERY_MS,
  );
  const items = answer?.items ?? NONE;
  const own = useOwn(items);
  const age = readAt === null ? '' : ageWords(now - readAt, t);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('.ant-image-preview-root')) go('#/cameras');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <section className="camera-strip" aria-label={camera.name} data-testid="camera-strip">
      <header>
        <h2>
          {camera.name} <small>{place}</small>
        </h2>
        <a className="card-close" href="#/cameras" aria-label={t.close} title="Esc">
          ✕
        </a>
      </header>
      {answer === null && fault === null && <Waiting what={t.sightings.title} small />}
      {fault && (
        <p className="c-serious" role="alert">
          {readAt === null ? `${c.seenFailed} ${fault}` : c.stale(age)}{' '}
          <button className="plain c-minor" onClick={again}>
            {t.retry}
          </button>
        </p>
      )}
      {answer && items.length === 0 && <Empty title={c.stripNone} />}
      {items.length > 0 && (
        <>
          <p className="soft">
            {c.strip(items.length)} · {fault === null && c.read(age)} · {c.agreeHint}
          </p>
          <ol>
            {items.map((one) => (
              <Row key={keyOf(one)} sighting={one} own={own.get(keyOf(one)) ?? null} now={now} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Row({ sighting, own, now }: { sighting: SightingResource; own: OwnRead | null; now: number }) {
  const t = useWords();
  const c = t.cameras;
  const zone = useZone();
  const at = Date.parse(sighting.at);
  const agrees = agreement(sighting, typeof own === 'object' ? own : null);
  const { truck } = sighting;
  return (
    <li data-testid="strip-row" data-agrees={agrees}>
      <Shot sighting={sighting} />
      <div>
        <p>
          <strong>{plateOf(sighting) ?? c.noPlate}</strong> <time dateTime={sighting.at}>{timeWords(at, now, zone, t)}</time>
        </p>
        <SightingSays sighting={sighting} />
      </div>
      <div className="strip-own">
        <span className={`strip-agrees ${agrees === 'contradict' ? 'c-critical' : agrees === 'agree' ? '' : 'soft'}`}>
          <span aria-hidden>{SHAPE[agrees]}</span> {c.agree[agrees]}
        </span>
        <span className="soft">
          {c.own}:<OwnSays own={own} isTruck={truck !== null} />
        </span>
        {truck && (
          <span className="strip-links">
            <button className="chip" onClick={() => seeTruck(truck.id)}>
              {c.map}
            </button>
            {own !== 'hidden' && (
              <a className="chip" href={hashOf({ trucks: [truck.id], from: at - AROUND_MS, to: at + AROUND_MS, at })}>
                {c.playback}
              </a>
            )}
          </span>
        )}
      </div>
    </li>
  );
}

function OwnSays({ own, isTruck }: { own: OwnRead | null; isTruck: boolean }) {
  const t = useWords();
  const c = t.cameras;
  if (!isTruck) return <> {c.ownStranger}</>;
  if (own === null) return <> {c.ownReading}</>;
  if (own === 'none') return <> {c.ownNone}</>;
  if (own === 'hidden') return <> {c.ownHidden}</>;
  if (own === 'failed') return <> {c.seenFailed}</>;
  const said = [
    own.cover === null ? null : c.cover[own.cover],
    own.loadState === null ? null : c.load[own.loadState],
    own.loadKg === null ? null : c.loadKg(Math.round(own.loadKg).toLocaleString(t.code)),
  ].filter((one) => one !== null);
  return (
    <>
      {' '}
      {said.length === 0 ? c.notSaid : said.join(' · ')} · {c.apart(Math.round(own.apartMs / 1_000))}
    </>
  );
}
