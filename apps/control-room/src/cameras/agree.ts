import type { FixPage, SightingResource } from '@muckwatch/contract';

/** So far from a sighting a report still speaks of the same moment. */
export const NEAR_MS = 120_000;

/** What a truck's own sensors said nearest to a moment; null is «not said». */
export interface Own {
  apartMs: number;
  cover: 'closed' | 'open' | 'fault' | null;
  loadState: 'empty' | 'half' | 'full' | 'fault' | null;
  loadKg: number | null;
}
export type Agreement = 'agree' | 'contradict' | 'not-said';

/** Of each sensor the believed report nearest to the moment that says something of it: reports need not say everything. Null where none was near. */
export function ownAt(page: FixPage, at: number): Own | null {
  const near = page.at
    .map((when, i) => ({ i, apartMs: Math.abs(when - at) }))
    .filter(({ i, apartMs }) => apartMs <= NEAR_MS && !page.doubt?.[i])
    .sort((a, b) => a.apartMs - b.apartMs);
  if (near.length === 0) return null;
  const nearest = <T>(column: (T | null)[] | null): T | null => near.map(({ i }) => column?.[i] ?? null).find((value) => value !== null) ?? null;
  return { apartMs: near[0]!.apartMs, cover: nearest(page.cover), loadState: nearest(page.loadState), loadKg: nearest(page.loadKg) };
}

/** The camera's word on the cover against the truck's own. A faulty sensor says nothing. */
export function agreement({ covered }: Pick<SightingResource, 'covered'>, own: Pick<Own, 'cover'> | null): Agreement {
  const cover = own?.cover ?? null;
  if (covered === null || cover === null || cover === 'fault') return 'not-said';
  return covered === (cover === 'closed') ? 'agree' : 'contradict';
}
