import type { Notice } from '@muckwatch/contract';
import { useWords } from '../i18n/index.js';

/** How much of the permit is hauled, and how far that number is known rather than estimated. */
export function Volume({ permit, kind }: { permit: NonNullable<Notice['permit']>; kind: Notice['kind'] }) {
  const t = useWords();
  const { volumeM3, hauledM3, hauls, estimatedHauls } = permit;
  const share = volumeM3 > 0 ? hauledM3 / volumeM3 : 1;
  const number = (m3: number) => Math.round(m3).toLocaleString(t.code);
  const left = volumeM3 - hauledM3;
  return (
    <section className="own-card" data-testid="volume">
      <p className="volume-head">
        <b className={share >= 1 ? 'c-critical' : kind === 'volume-90' ? 'c-serious' : ''}>{Math.floor(share * 100)} %</b>
        <span>{t.notices.volume.hauled(number(hauledM3), number(volumeM3))}</span>
      </p>
      <div className={`volume-bar ${share >= 1 ? 'full' : share >= 0.9 ? 'near' : ''}`} aria-hidden>
        <i style={{ width: `${Math.min(100, share * 100)}%` }} />
        <em />
      </div>
      <p className="own-small">
        {t.notices.volume.hauls(hauls)};{estimatedHauls > 0 ? t.notices.volume.estimated(estimatedHauls) : t.notices.volume.exact}
      </p>
      <p className="own-small">
        {left >= 0 ? t.notices.volume.left(number(left)) : t.notices.volume.over(number(-left))} · {t.notices.volume.permit(permit.id)}
      </p>
    </section>
  );
}
