import type { Sensor, TruckSensors } from '@muckwatch/contract';

/** How a sensor spent the time its truck was heard, as shares of it; together at most 1. */
export interface Shares {
  fine: number;
  unknown: number;
  faulty: number;
  contradicting: number;
}

export interface SensorRow {
  sensor: Sensor;
  /** null: the truck was not heard at all. */
  last24h: Shares | null;
  last7d: Shares | null;
}

export function sensorRows({ last24h, last7d }: TruckSensors): SensorRow[] {
  return last7d.sensors.map(({ sensor }) => ({ sensor, last24h: sharesOf(last24h, sensor), last7d: sharesOf(last7d, sensor) }));
}

function sharesOf({ heardS, sensors }: TruckSensors['last24h'], sensor: Sensor): Shares | null {
  const one = sensors.find((row) => row.sensor === sensor);
  if (heardS <= 0 || !one) return null;
  // A sensor may be unknown while an alert calls it contradicting: what is said first takes the time.
  const unknown = Math.min(1, one.unknownS / heardS);
  const faulty = Math.min(1 - unknown, one.faultyS / heardS);
  const contradicting = Math.min(1 - unknown - faulty, one.contradictingS / heardS);
  return { unknown, faulty, contradicting, fine: Math.max(0, 1 - unknown - faulty - contradicting) };
}

/** A share in whole percent that says neither «all» nor «nothing» of what is only nearly so. */
export function percentOf(share: number): number {
  if (share <= 0 || share >= 1) return share <= 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round(share * 100)));
}

/** A clock this near is called right: the network's own delay is in the number. */
const RIGHT_MS = 2_000;

export type ClockSays = { clock: 'right' } | { clock: 'behind' | 'ahead'; byMs: number };

export function clockOf(offsetMs: number): ClockSays {
  if (Math.abs(offsetMs) <= RIGHT_MS) return { clock: 'right' };
  return { clock: offsetMs > 0 ? 'behind' : 'ahead', byMs: Math.abs(offsetMs) };
}
