import type { SightingResource } from '@muckwatch/contract';
import { useWords } from '../i18n/index.js';
import { Picture } from '../sightings/Picture.js';

/** The picture, or the room where one would be. */
export function Shot({ sighting, wide = false }: { sighting: SightingResource; wide?: boolean }) {
  const t = useWords();
  const has = sighting.picture !== null || sighting.snapshotUrl !== null;
  return (
    <span className={`shot ${wide ? 'wide' : ''}`}>{has ? <Picture sighting={sighting} /> : <span className="shot-none">{t.cameras.noPicture}</span>}</span>
  );
}
