import type { FixPage, SightingResource } from '@muckwatch/contract';
import { useEffect, useRef, useState } from 'react';
import { get, Refused } from '../app/api.js';
import { NEAR_MS, type Own, ownAt } from './agree.js';

/** `hidden`: whose track the viewer may not see; `failed`: asked again when the strip is read again. */
export type OwnRead = Own | 'none' | 'hidden' | 'failed';

const AT_ONCE = 3;
export const keyOf = ({ camera, id }: SightingResource): string => `${camera.id} ${id}`;

/** What the trucks of these sightings said themselves at that moment: newest first, a few at a time, each once. What is on its way is not in it yet. */
export function useOwn(sightings: readonly SightingResource[]): ReadonlyMap<string, OwnRead> {
  const [known, setKnown] = useState<ReadonlyMap<string, OwnRead>>(new Map());
  const done = useRef(new Map<string, OwnRead>());
  useEffect(() => {
    const abort = new AbortController();
    const waiting = sightings.filter((one) => one.truck !== null && (done.current.get(keyOf(one)) ?? 'failed') === 'failed');
    const work = async () => {
      for (let one = waiting.shift(); one !== undefined && !abort.signal.aborted; one = waiting.shift()) {
        const read = await readOwn(one, abort.signal);
        if (abort.signal.aborted) return;
        done.current.set(keyOf(one), read);
        setKnown(new Map(done.current));
      }
    };
    for (let i = 0; i < AT_ONCE; i++) void work();
    return () => abort.abort();
  }, [sightings]);
  return known;
}

async function readOwn({ truck, at }: SightingResource, signal: AbortSignal): Promise<OwnRead> {
  const when = Date.parse(at);
  const iso = (ms: number) => new Date(ms).toISOString();
  try {
    const page = await get<FixPage>(`/trucks/${encodeURIComponent(truck!.id)}/fixes?from=${iso(when - NEAR_MS)}&to=${iso(when + NEAR_MS + 1)}`, signal);
    return ownAt(page, when) ?? 'none';
  } catch (error) {
    return error instanceof Refused && (error.status === 404 || error.status === 403) ? 'hidden' : 'failed';
  }
}
