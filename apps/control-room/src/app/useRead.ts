import { useEffect, useState } from 'react';
import { get, isAbort, wordsOf } from './api.js';

export type Read<T> = { state: 'reading' } | { state: 'failed'; words: string } | { state: 'read'; answer: T };

/** One address read while a part is shown; another address reads anew. null reads nothing yet. */
export function useRead<T>(path: string | null): Read<T> & { again: () => void } {
  const [known, setKnown] = useState<{ path: string; read: Read<T> } | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    get<T>(path, abort.signal).then(
      (answer) => setKnown({ path, read: { state: 'read', answer } }),
      (error: unknown) => {
        if (!isAbort(error)) setKnown({ path, read: { state: 'failed', words: wordsOf(error) } });
      },
    );
    return () => abort.abort();
  }, [path, tries]);
  const again = () => {
    setKnown(null);
    setTries((n) => n + 1);
  };
  return { ...(known?.path === path && known ? known.read : { state: 'reading' }), again };
}
