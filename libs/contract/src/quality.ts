import { z } from 'zod';
import { id, time } from './common.js';

export const SENSORS = ['load', 'bed', 'cover', 'ignition', 'odometer', 'position'] as const;
export const sensor = z.enum(SENSORS);
export type Sensor = z.infer<typeof sensor>;

export const sensorHealth = z.object({
  sensor,
  unknownS: z.number().meta({ description: 'Not said, seconds' }),
  faultyS: z.number().meta({ description: 'Said to be faulty; of a position: worse than 50 m' }),
  contradictingS: z.number().meta({ description: 'Under an alert «a sensor says the impossible»' }),
});

const stretch = z.object({ heardS: z.number().meta({ description: 'Between reports at most 10 min apart' }), sensors: z.array(sensorHealth) });

/** How well a truck's sensors have worked. */
export const truckSensors = z.object({ truckId: id, at: time, last24h: stretch, last7d: stretch }).meta({ id: 'TruckSensors' });
export type TruckSensors = z.infer<typeof truckSensors>;

/** By how much devices' clocks seem to be off: the median of heard − said, what was stored on the way left out. Network delay is in it. */
export const clocks = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(['terminal', 'camera']),
        id,
        truckId: id.nullable(),
        offsetMs: z.number().int().meta({ description: 'Above 0: the clock is behind, or the network slow' }),
        samples: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Clocks' });
export type Clocks = z.infer<typeof clocks>;
