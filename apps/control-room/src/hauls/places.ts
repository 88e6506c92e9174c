import type { HaulPlaces } from '@muckwatch/contract';

type Site = HaulPlaces['sites'][number];
type Yard = HaulPlaces['yards'][number];

/** The permits of a site that set a volume, summed. */
export interface Approved {
  allowedM3: number;
  hauledM3: number;
  hauls: number;
  estimated: number;
  /** What the permits together still allow; one that is used up gives nothing to the others. */
  remainingM3: number;
  /** By how much permits are overrun. */
  overM3: number;
  /** 0…: may be more than 1. */
  share: number;
}

/** Null where no permit in force sets a volume. */
export function approvedOf({ permits }: Pick<Site, 'permits'>): Approved | null {
  const limited = permits.filter(({ allowedM3 }) => allowedM3 !== null);
  if (limited.length === 0) return null;
  const sum = (of: (permit: Site['permits'][number]) => number) => limited.reduce((all, permit) => all + of(permit), 0);
  const allowedM3 = sum((permit) => permit.allowedM3!);
  const hauledM3 = sum((permit) => permit.volumeM3 ?? 0);
  return {
    allowedM3,
    hauledM3,
    hauls: sum(({ hauls }) => hauls),
    estimated: sum(({ estimated }) => estimated),
    remainingM3: sum((permit) => Math.max(0, permit.allowedM3! - (permit.volumeM3 ?? 0))),
    overM3: sum((permit) => Math.max(0, (permit.volumeM3 ?? 0) - permit.allowedM3!)),
    share: hauledM3 / allowedM3,
  };
}

/** How full a yard is, 0…1; null where its capacity or what it has is not known. */
export function fullnessOf({ capacityM3, ever }: Pick<Yard, 'capacityM3' | 'ever'>): number | null {
  return capacityM3 === null || capacityM3 <= 0 || ever === null ? null : Math.max(0, (ever.volumeM3 ?? 0) / capacityM3);
}

/** Fullest first: what runs out is what somebody looks for. */
export function sitesInOrder(sites: readonly Site[]): Site[] {
  // A permit is what people are told of, not the sum of a site's.
  const share = ({ permits }: Site) => Math.max(-1, ...permits.map(({ volumeM3, allowedM3 }) => (allowedM3 === null ? -1 : (volumeM3 ?? 0) / allowedM3)));
  return [...sites].sort((a, b) => share(b) - share(a) || b.stretch.hauls - a.stretch.hauls || (a.name < b.name ? -1 : 1));
}

export function yardsInOrder(yards: readonly Yard[]): Yard[] {
  return [...yards].sort((a, b) => (fullnessOf(b) ?? -1) - (fullnessOf(a) ?? -1) || b.stretch.hauls - a.stretch.hauls || (a.name < b.name ? -1 : 1));
}
