import type { AlertDetail } from '@muckwatch/contract';
import { timeWords } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';

/** Everything the alert rests on as one file: a link, so that the browser saves it while it streams. */
export function EvidencePack({ detail }: { detail: AlertDetail }) {
  const t = useWords();
  const zone = useZone();
  const { sealed } = detail;
  return (
    <section className="evidence-pack" aria-labelledby="evidence-title">
      <h3 className="detail-title" id="evidence-title">
        {t.evidencePack.title}
      </h3>
      <p>
        <a
          className="chip strong"
          href={`/api/v1/alerts/${encodeURIComponent(detail.id)}/pack`}
          download
          title={t.evidencePack.what}
          data-testid="evidence-pack"
        >
          {t.evidencePack.pack} ↓
        </a>
        <span>{sealed ? t.evidencePack.sealed(timeWords(Date.parse(sealed.at), serverNow(), zone, t)) : t.evidencePack.unsealed}</span>
      </p>
      <small>{t.evidencePack.what}</small>
    </section>
  );
}
