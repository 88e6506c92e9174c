import { z } from 'zod';
import { pageOf, pageQuery, time } from './common.js';

/** What could not be used, with its reason and up to 16 KiB of its bytes. */
export const quarantined = z
  .object({
    id: z.string(),
    receivedAt: time,
    topic: z.string(),
    reason: z.string().meta({ description: 'Short kind of the fault, as counted', example: 'out-of-range' }),
    detail: z.string().meta({ description: 'Names the field and the value', example: 'lat 190 is not within −90…90' }),
    bytes: z.number().int().meta({ description: 'Length of the whole message' }),
    sha256: z.string(),
    payload: z.string().meta({ description: 'Its first 16 KiB as text, control characters escaped' }),
  })
  .meta({ id: 'Quarantined' });
export type Quarantined = z.infer<typeof quarantined>;

export const quarantineQuery = pageQuery.extend({ reason: z.string().max(64).optional() });
export type QuarantineQuery = z.infer<typeof quarantineQuery>;
export const quarantinePage = pageOf(quarantined).meta({ id: 'QuarantinePage' });
export const quarantineSummary = z
  .object({ items: z.array(z.object({ reason: z.string(), count: z.number().int(), lastAt: time, example: quarantined })) })
  .meta({ id: 'QuarantineSummary' });
export type QuarantineSummary = z.infer<typeof quarantineSummary>;

/** Which of the quarantined messages to offer again. */
export const offerBody = z
  .strictObject({ reason: z.string().max(64).nullish(), source: z.string().max(64).nullish().meta({ description: 'Terminal or camera' }) })
  .meta({ id: 'OfferBody' });
export type OfferBody = z.infer<typeof offerBody>;
export const offered = z
  .object({
    offered: z.number().int(),
    taken: z.number().int().meta({ description: 'Stored at last' }),
    refused: z.number().int().meta({ description: 'Quarantined anew, with what is wrong today' }),
    cut: z.number().int().meta({ description: 'Longer than the 16 KiB that are kept: they cannot be offered' }),
    left: z.number().int().meta({ description: 'Not offered yet: ask again' }),
  })
  .meta({ id: 'Offered' });
export type Offered = z.infer<typeof offered>;
