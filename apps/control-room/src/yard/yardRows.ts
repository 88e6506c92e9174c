import type { YardDesk } from '@muckwatch/contract';

export type Load = YardDesk['loads'][number];
export type Here = YardDesk['here'][number];

const ORDER: Record<Here['state'], number> = { waiting: 0, tipping: 1, empty: 2 };

/** Who waits stands first, the longest first; then who tips, then who is empty again. */
export function inOrder(here: readonly Here[]): Here[] {
  return [...here].sort((a, b) => ORDER[a.state] - ORDER[b.state] || sinceOf(a) - sinceOf(b) || (a.truck.plate < b.truck.plate ? -1 : 1));
}

const sinceOf = ({ since }: Here) => (since === null ? Number.MAX_SAFE_INTEGER : Date.parse(since));

/** The load that a truck inside brought, if it can still be refused: what is on its way has not come yet. */
export function refusableOf(truckId: string, loads: readonly Load[]): string | null {
  const open = loads.filter(({ truck, refusal, unloadedAt }) => truck.id === truckId && refusal === null && unloadedAt === null);
  return open.sort((a, b) => Date.parse(b.departedAt) - Date.parse(a.departedAt))[0]?.id ?? null;
}

/** How full a yard is, 0…1; null where no capacity is entered. */
export function fullness({ yard, remainingM3 }: Pick<YardDesk, 'yard' | 'remainingM3'>): number | null {
  if (yard.capacityM3 === null || remainingM3 === null || yard.capacityM3 <= 0) return null;
  return Math.min(1, Math.max(0, 1 - remainingM3 / yard.capacityM3));
}
