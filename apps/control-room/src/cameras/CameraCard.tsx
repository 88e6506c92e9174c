import type { CameraResource, SightingResource } from '@muckwatch/contract';
import { ageWords } from '../app/time.js';
import { plateWords } from '../app/plate.js';
import { useNow } from '../app/useNow.js';
import { useFresh } from '../city/useFresh.js';
import { useWords } from '../i18n/index.js';
import { SightingSays } from '../sightings/SightingList.js';
import { Shot } from './Shot.js';
import { SILENT_MS } from './silence.js';

const LAST = 3;
const EVERY_MS = 20_000;

interface Props {
  camera: CameraResource;
  place: string;
  chosen: boolean;
  /** It is known to have seen nothing yet: no room is kept for pictures. */
  bare: boolean;
}

/** A gate: what was seen there last, how long ago, and whether it has gone silent. */
export function CameraCard({ camera, place, chosen, bare }: Props) {
  const t = useWords();
  const c = t.cameras;
  const now = useNow();
  const { answer, fault, again } = useFresh<{ items: SightingResource[] }>(`/sightings?camera=${encodeURIComponent(camera.id)}&limit=${LAST}`, EVERY_MS);
  const [last, ...before] = answer?.items ?? [];
  const age = last ? now - Date.parse(last.at) : null;
  const silent = age !== null && age > SILENT_MS;
  return (
    <li className={`camera-card ${chosen ? 'chosen' : ''} ${bare && !last ? 'bare' : ''}`} data-testid="camera-card" data-camera={camera.id}>
      <a href={`#/cameras/${encodeURIComponent(camera.id)}`} aria-current={chosen || undefined}>
        <b>{camera.name}</b> <span className="soft">{place}</span>
      </a>
      {answer && (
        <p className={silent ? 'c-serious' : 'soft'} title={c.silentHint}>
          <span aria-hidden>{age === null ? '◌' : silent ? '▲' : '●'}</span>{' '}
          {age === null ? c.never : silent ? c.silent(ageWords(age, t)) : c.last(ageWords(age, t))}
        </p>
      )}
      {fault && (
        <p className="c-serious" role="alert">
          {c.seenFailed} {fault}{' '}
          <button className="plain c-minor" onClick={again}>
            {t.retry}
          </button>
        </p>
      )}
      {last && (
        <div className="camera-last">
          <Shot sighting={last} wide />
          <div>
            <strong>{plateOf(last) ?? c.noPlate}</strong>
            <SightingSays sighting={last} />
          </div>
        </div>
      )}
      {before.length > 0 && (
        <ul className="camera-before">
          {before.map((one) => (
            <li key={one.id}>
              {plateOf(one) ?? c.noPlate} <span className="soft">{ageWords(now - Date.parse(one.at), t)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function plateOf({ truck, plate }: SightingResource): string | null {
  const said = truck?.plate ?? plate;
  return said === null ? null : plateWords(said);
}
