import { useEffect, useRef, useState } from 'react';
import { get, isAbort, wordsOf } from '../app/api.js';
import { serverNow } from '../live/liveStore.js';

export interface Kept<T> {
  answer: T | null;
  /** When it was read. */
  at: number;
  state: 'reading' | 'read' | 'failed';
  fault: string | null;
  again: () => void;
}

/** What an address answers, read again every so often while somebody looks. What was read stays while the next is on its way, and while the line is broken. */
export function useKept<T>(path: string | null, everyMs: number | null): Kept<T> {
  const [kept, setKept] = useState<Omit<Kept<T>, 'again'>>({ answer: null, at: 0, state: 'reading', fault: null });
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    const read = (quietly: boolean) => {
      if (!quietly) setKept((was) => ({ ...was, state: 'reading' }));
      get<T>(path, abort.signal).then(
        (answer) => setKept({ answer, at: serverNow(), state: 'read', fault: null }),
        (error: unknown) => !isAbort(error) && setKept((was) => ({ ...was, state: 'failed', fault: wordsOf(error) })),
      );
    };
    again.current = () => read(false);
    read(false);
    const timer = everyMs === null ? null : setInterval(() => document.visibilityState === 'visible' && read(true), everyMs);
    return () => {
      abort.abort();
      if (timer !== null) clearInterval(timer);
    };
  }, [path, everyMs]);
  return { ...kept, again: () => again.current() };
}
