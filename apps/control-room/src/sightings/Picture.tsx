import type { SightingResource } from '@muckwatch/contract';
import { Image } from 'antd';
import { useState } from 'react';
import { useWords } from '../i18n/index.js';

/** The picture small, and large when pressed. Its room is kept from the start, so that nothing jumps when it comes. */
export function Picture({ sighting: { picture, snapshotUrl, camera } }: { sighting: SightingResource }) {
  const t = useWords();
  const [gone, setGone] = useState(false);
  if (picture && !gone) {
    return (
      <span className="sighting-picture">
        <Image src={picture.url} alt={t.sightings.pictureOf(camera.name)} width={84} height={54} loading="lazy" onError={() => setGone(true)} />
      </span>
    );
  }
  if (gone) return <span className="sighting-picture mute">{t.sightings.pictureGone}</span>;
  if (!snapshotUrl || !/^https?:/.test(snapshotUrl)) return null;
  return (
    <a className="sighting-picture c-minor" href={snapshotUrl} target="_blank" rel="noreferrer">
      {t.sightings.atCamera}
    </a>
  );
}
