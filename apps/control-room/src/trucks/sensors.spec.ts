import type { TruckSensors } from '@muckwatch/contract';
import { clockOf, percentOf, sensorRows } from './sensors.js';

const health = (unknownS: number, faultyS: number, contradictingS: number) => ({ sensor: 'load' as const, unknownS, faultyS, contradictingS });
const of = (heard24hS: number, day: ReturnType<typeof health>): TruckSensors => ({
  truckId: 't1',
  at: '2026-11-23T13:00:00.000Z',
  last24h: { heardS: heard24hS, sensors: [day] },
  last7d: { heardS: 10_000, sensors: [health(0, 0, 0)] },
});

it('gives shares of the time the truck was heard', () => {
  expect(sensorRows(of(1_000, health(100, 250, 50)))).toEqual([
    {
      sensor: 'load',
      last24h: { unknown: 0.1, faulty: 0.25, contradicting: 0.05, fine: 0.6 },
      last7d: { unknown: 0, faulty: 0, contradicting: 0, fine: 1 },
    },
  ]);
});

it('never gives more than the whole, and nothing for a truck that was not heard', () => {
  expect(sensorRows(of(1_000, health(900, 300, 500)))[0]!.last24h).toMatchObject({ unknown: 0.9, contradicting: 0, fine: 0 });
  expect(sensorRows(of(0, health(0, 0, 0)))[0]!.last24h).toBeNull();
});

it('does not round to all or nothing', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(percentOf)).toEqual([0, 1, 50, 99, 100]);
});

it('calls a clock right within what the network may take', () => {
  expect([900, 12_000, -5_000].map(clockOf)).toEqual([{ clock: 'right' }, { clock: 'behind', byMs: 12_000 }, { clock: 'ahead', byMs: 5_000 }]);
});
