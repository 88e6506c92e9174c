import type { SightingResource } from '@muckwatch/contract';
import { timeWords } from '../app/time.js';
import { useRead } from '../app/useRead.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { Picture } from './Picture.js';
import { cameraWords, sightingWords } from './sightings.js';
import './sightings.css';

const LAST = 12;

/** The last times cameras saw this truck, newest first. */
export function SightingList({ truckId }: { truckId: string }) {
  const t = useWords();
  const zone = useZone();
  const read = useRead<{ items: SightingResource[] }>(`/sightings?truck=${encodeURIComponent(truckId)}&limit=${LAST}`);
  if (read.state === 'reading') return <Waiting what={t.sightings.title} small />;
  if (read.state === 'failed') {
    return (
      <p className="card-note" role="alert">
        {t.sightings.failed} {read.words}{' '}
        <button className="plain c-minor" onClick={read.again}>
          {t.retry}
        </button>
      </p>
    );
  }
  if (read.answer.items.length === 0) return <p className="card-note">{t.sightings.none}</p>;
  return (
    <ol className="sightings" data-testid="sightings">
      {read.answer.items.map((sighting) => (
        <li key={`${sighting.camera.id} ${sighting.id}`}>
          <time>{timeWords(Date.parse(sighting.at), serverNow(), zone, t)}</time>
          <div>
            <span>{cameraWords(sighting)}</span>
            <SightingSays sighting={sighting} />
            <Picture sighting={sighting} />
          </div>
        </li>
      ))}
    </ol>
  );
}

export function SightingSays({ sighting }: { sighting: SightingResource }) {
  const t = useWords();
  const words = sightingWords(sighting, t);
  return (
    <span className="sighting-says">
      {words.map((word) => (
        <span key={word.words} className={word.bad ? 'c-serious' : ''}>
          {word.words}
        </span>
      ))}
      {sighting.plateConfidence !== null && <small title={sighting.plate ?? ''}>{t.sightings.plate(sighting.plateConfidence.toFixed(2))}</small>}
    </span>
  );
}
