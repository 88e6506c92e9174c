import { z } from 'zod';
import { haul } from './alerts.js';
import { id, time } from './common.js';

/** A load that came to a yard. */
export const yardLoad = haul
  .extend({
    volumeM3: z.number(),
    estimated: z.boolean().meta({ description: 'The truck’s box is not known: counted as the fleet’s median' }),
    refusal: z.object({ at: time, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'YardLoad' });
export type YardLoad = z.infer<typeof yardLoad>;

/** A yard as its keeper sees it. */
export const yardDesk = z
  .object({
    yard: z.object({ id, name: z.string(), capacityM3: z.number().nullable() }),
    here: z
      .array(
        z.object({
          truck: z.object({ id, plate: z.string() }),
          company: z.string().nullable(),
          since: time.nullable(),
          state: z.enum(['waiting', 'tipping', 'empty']),
        }),
      )
      .meta({ description: 'Inside now: waiting loaded, bed up, or empty again' }),
    coming: z.array(haul).meta({ description: 'Under way from a site whose permit names this yard' }),
    today: z.object({ loads: z.number().int(), volumeM3: z.number(), estimatedLoads: z.number().int(), refused: z.number().int() }),
    remainingM3: z.number().nullable().meta({ description: 'Capacity less all that was delivered; null where no capacity is entered' }),
    loads: z.array(yardLoad),
  })
  .meta({ id: 'YardDesk' });
export type YardDesk = z.infer<typeof yardDesk>;
