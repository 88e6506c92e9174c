import { useCallback, useEffect, useState } from 'react';
import { get, isAbort, wordsOf } from '../app/api.js';
import { useLive } from '../live/liveStore.js';
import type { Kind, Thing } from './kinds.js';

interface Page {
  items: Thing[];
  nextCursor: string | null;
}
type Read = { state: 'reading' | 'read'; words: null } | { state: 'failed'; words: string };

/**
 * All things of a kind, in use or retired: the first page is shown as soon as it is there, the others follow by their cursors, so that search and order hold for
 * all of them. What somebody else edits is read again without emptying what is shown.
 */
export function useThings(kind: Kind, retired: boolean) {
  const edits = useLive((s) => s.edits.registry);
  const [read, setRead] = useState<Read>({ state: 'reading', words: null });
  const [things, setThings] = useState<readonly Thing[]>([]);
  const [whole, setWhole] = useState(false);
  const [tries, setTries] = useState(0);
  const which = `${kind} ${retired} ${tries}`;
  const [shown, setShown] = useState(which);
  if (shown !== which) {
    setShown(which);
    setRead({ state: 'reading', words: null });
    setThings([]);
    setWhole(false);
  }

  useEffect(() => {
    const abort = new AbortController();
    void readPages(kind, retired, abort.signal, (all, isWhole) => {
      // While it is read again the last whole list stays.
      setThings((before) => (isWhole || all.length > before.length ? all : before));
      setWhole(isWhole);
      setRead({ state: 'read', words: null });
    }).catch((error: unknown) => {
      if (!isAbort(error)) setRead({ state: 'failed', words: wordsOf(error) });
    });
    return () => abort.abort();
  }, [kind, retired, tries, edits]);

  /** What was just made, changed or retired here. */
  const hear = useCallback(
    (thing: Thing) =>
      setThings((before) => {
        const others = before.filter(({ id }) => id !== thing.id);
        return thing.retired === retired ? [...others, thing] : others;
      }),
    [retired],
  );
  return { read: { ...read, again: () => setTries((n) => n + 1) }, things, whole, hear };
}

async function readPages(kind: Kind, retired: boolean, signal: AbortSignal, tell: (all: Thing[], whole: boolean) => void): Promise<void> {
  const all: Thing[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await get<Page>(`/${kind}?retired=${retired}&limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, signal);
    all.push(...page.items);
    cursor = page.nextCursor;
    tell([...all], cursor === null);
  } while (cursor !== null);
}
