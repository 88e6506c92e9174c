import { timeWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import type { Saying } from './historyWords.js';
import type { Kind } from './kinds.js';
import { useNames } from './useCells.js';
import { useLabel } from './useLabel.js';

/** How changes are said here and now: the viewer's language, the city's clock, the names of what is referred to. */
export function useSaying(kind: Kind | null): Saying {
  const t = useWords();
  const zone = useZone();
  const now = useNow();
  const names = useNames();
  const label = useLabel(kind);
  return { label, kind, names, clock: (instant) => timeWords(Date.parse(instant), now, zone, t), t };
}
