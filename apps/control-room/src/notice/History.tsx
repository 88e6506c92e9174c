import type { NoticeDetail } from '@muckwatch/contract';
import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { photoUrl } from './photos.js';

/** What happened in which order; answers with their photos. */
export function History({ detail }: { detail: NoticeDetail }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const time = (at: string) => timeWords(Date.parse(at), now, zone, t);
  const said = [
    { at: detail.openedAt, what: t.notices.opened, text: null, photos: [] },
    ...(detail.readAt ? [{ at: detail.readAt, what: t.notices.read, text: null, photos: [] }] : []),
    ...detail.steps.map(({ at, by, step, text, photos }) => ({
      at,
      what: step in t.notices.step ? `${by} ${t.notices.step[step]}` : `${by} ${step}`,
      text,
      photos,
    })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <section className="own-card" data-testid="history">
      <h2 className="own-card-h">{t.notices.history}</h2>
      <ol className="notice-history">
        {said.map(({ at, what, text, photos }, i) => (
          <li key={i}>
            <time dateTime={at}>{time(at)}</time>
            <div>
              <span>{what}</span>
              {text && <p>{text}</p>}
              {photos.length > 0 && (
                <span className="notice-photos">
                  {photos.map((photo, n) => (
                    <a key={photo.sha256} href={photoUrl(photo)} target="_blank" rel="noreferrer">
                      <img src={photoUrl(photo)} alt={t.notices.form.photoN(n + 1)} loading="lazy" width="72" height="72" />
                    </a>
                  ))}
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
