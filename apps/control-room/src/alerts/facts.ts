import type { AlertDetail, TrackPoint } from '@muckwatch/contract';

/** The facts that decide, read from the track while the violation held. null: not said. */
export interface Facts {
  lastedMs: number;
  ongoing: boolean;
  topSpeedKmh: number | null;
  loadFromKg: number | null;
  loadToKg: number | null;
  loadState: TrackPoint['loadState'];
  cover: TrackPoint['cover'];
  bedDeg: number | null;
  bed: TrackPoint['bed'];
}

export function factsOf(detail: Pick<AlertDetail, 'began' | 'ended' | 'cleared' | 'series' | 'haul'>, now: number): Facts {
  const from = Date.parse(detail.began);
  const to = detail.ended === null ? (detail.cleared ? from : now) : Date.parse(detail.ended);
  const until = Math.min(to, arrivedAfter(detail.haul, from));
  const held = detail.series.filter((point) => point.doubt === null && within(Date.parse(point.at), from, until));
  const loads = held.map((point) => point.loadKg).filter((kg) => kg !== null);
  return {
    lastedMs: Math.max(0, to - from),
    ongoing: detail.ended === null && !detail.cleared,
    topSpeedKmh: greatest(held.map((point) => point.speedKmh)),
    loadFromKg: loads[0] ?? null,
    loadToKg: loads.at(-1) ?? null,
    loadState: lastSaid(held.map((point) => point.loadState)),
    // The worst of the two matters here: that it was open at all, how high it ever was.
    cover: held.some((point) => point.cover === 'open') ? 'open' : lastSaid(held.map((point) => point.cover)),
    bedDeg: greatest(held.map((point) => point.bedAngleDeg)),
    bed: held.some((point) => point.bed === 'raised') ? 'raised' : lastSaid(held.map((point) => point.bed)),
  };
}

/** What began on the road may last until the load is tipped; tipping it in the yard, bed up and cover open, is none of it. */
function arrivedAfter(haul: AlertDetail['haul'], from: number): number {
  const arrived = haul?.arrivedAt ? Date.parse(haul.arrivedAt) : Infinity;
  return arrived > from ? arrived : Infinity;
}

const within = (at: number, from: number, to: number) => at >= from && at <= to;
const lastSaid = <T>(values: (T | null)[]): T | null => values.filter((value) => value !== null).at(-1) ?? null;

function greatest(values: (number | null)[]): number | null {
  const said = values.filter((value) => value !== null);
  return said.length === 0 ? null : Math.max(...said);
}
