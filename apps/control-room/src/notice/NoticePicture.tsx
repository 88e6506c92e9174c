import type { Notice } from '@muckwatch/contract';
import { useRef, useState } from 'react';
import { clockTime } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';

/** What the camera saw. Its room is kept from the start, so that nothing jumps when it comes over a slow line. */
export function NoticePicture({ picture, at }: { picture: NonNullable<Notice['picture']>; at: string }) {
  const t = useWords();
  const zone = useZone();
  const [gone, setGone] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const url = `/api/v1/sightings/${encodeURIComponent(picture.camera)}/${encodeURIComponent(picture.sighting)}/picture`;
  if (gone) return <p className="own-card own-small">{t.notices.picture.failed}</p>;
  const caption = `${picture.camera} ${clockTime(Date.parse(at), zone)}`;
  return (
    <>
      <button className="notice-picture" onClick={() => dialog.current?.showModal()} data-testid="picture">
        <img src={url} alt={t.notices.picture.alt} decoding="async" onError={() => setGone(true)} />
        <span>
          {caption} · {t.notices.picture.tap}
        </span>
      </button>
      <dialog ref={dialog} className="notice-large" aria-label={t.notices.picture.alt} onClick={() => dialog.current?.close()}>
        <button aria-label={t.notices.picture.close}>✕</button>
        <img src={url} alt={t.notices.picture.alt} loading="lazy" />
      </dialog>
    </>
  );
}
