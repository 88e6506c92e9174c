import type { Ranked } from '@muckwatch/contract';

export type RankedCounts = Pick<Ranked, 'id' | 'name' | 'loads' | 'volumeM3' | 'alerts' | 'confirmed' | 'spilt'>;

/** Who spills most of what they haul, then who breaks most rules; of those without a known load what is confirmed weighs most. */
export function ranking(counts: RankedCounts[]): Ranked[] {
  const rows = counts.map((one) => ({ ...one, confirmedPer100: per100(one.confirmed, one.loads), spiltPer100: per100(one.spilt, one.loads) }));
  const weight = (share: number | null, count: number) => share ?? (count > 0 ? Infinity : 0);
  const order = (x: number, y: number) => (x === y ? 0 : y > x ? 1 : -1);
  return rows.sort(
    (a, b) =>
      order(weight(a.spiltPer100, a.spilt), weight(b.spiltPer100, b.spilt)) ||
      order(weight(a.confirmedPer100, a.confirmed), weight(b.confirmedPer100, b.confirmed)) ||
      order(a.confirmed, b.confirmed) ||
      order(a.alerts, b.alerts) ||
      (a.id < b.id ? -1 : 1),
  );
}

function per100(count: number, loads: number): number | null {
  return loads > 0 ? Math.round((count / loads) * 1_000) / 10 : null;
}
