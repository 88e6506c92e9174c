import type { PermitResource } from '@muckwatch/contract';
import { useEffect } from 'react';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { permitNow } from '../permits/permitNow.js';
import { readPermits, usePermits } from '../permits/permitsStore.js';

const MOST = 6;

/** The permits in force or to come that name the thing on a card, each a way to it. `says`: what tells one from the other; `none`: there is none. */
export function PermitsOf({ names, says, none }: { names: (permit: PermitResource) => boolean; says: (permit: PermitResource) => string; none: string }) {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const { permits, read } = usePermits();
  useEffect(() => {
    if (read === 'no') void readPermits();
  }, [read]);
  const named = permits.filter((permit) => names(permit) && ['active', 'not-yet'].includes(permitNow(permit, now, zone).period));
  if (named.length === 0) return read === 'read' ? none : read === 'failed' ? t.permits.empty.failed : t.loading(t.permits.title);
  return (
    <>
      {named.slice(0, MOST).map((permit) => (
        <a key={permit.id} className="card-link" href={`#/permits/${encodeURIComponent(permit.id)}`}>
          {permit.id} · {says(permit)}
        </a>
      ))}
      {named.length > MOST && `+ ${named.length - MOST}`}
    </>
  );
}
