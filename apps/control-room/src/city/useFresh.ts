import { useEffect, useState } from 'react';
import { get, isAbort, wordsOf } from '../app/api.js';
import { serverNow } from '../live/liveStore.js';

interface Fresh<T> {
  /** Of this address; what was read last stays while it is read anew. */
  answer: T | null;
  readAt: number | null;
  /** Why the last reading failed; null: it did not. */
  fault: string | null;
  again: () => void;
}

/** Reads an address now and every so many ms while the page is looked at. */
export function useFresh<T>(path: string, everyMs: number): Fresh<T> {
  const [known, setKnown] = useState<{ path: string; answer: T | null; readAt: number | null; fault: string | null } | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        if (!document.hidden) {
          const answer = await get<T>(path, abort.signal);
          setKnown({ path, answer, readAt: serverNow(), fault: null });
        }
      } catch (error) {
        if (isAbort(error)) return;
        setKnown((before) => ({ answer: null, readAt: null, ...(before?.path === path ? before : {}), path, fault: wordsOf(error) }));
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void read(), everyMs);
    };
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs, tries]);
  const mine = known?.path === path ? known : { answer: null, readAt: null, fault: null };
  return { answer: mine.answer, readAt: mine.readAt, fault: mine.fault, again: () => setTries((n) => n + 1) };
}
