import { z } from 'zod';
import { id, pageOf, pageQuery, text, time } from './common.js';

const share = z.number().nullable().meta({ description: '0…1' });

/** What a gate camera saw at one instant. `null` is «not said». */
export const sighting = z
  .object({
    id: z.string().meta({ description: 'Unique per camera', example: 'c7-000123' }),
    camera: z.object({ id, name: z.string() }),
    place: z.object({ id, name: z.string() }).nullable(),
    at: time,
    heardAt: time,
    kind: z.enum(['pass', 'spill', 'dumping']),
    direction: z.enum(['in', 'out']).nullable(),
    confidence: share,
    truck: z.object({ id, plate: z.string() }).nullable().meta({ description: 'The registered truck whose plate was readable then' }),
    plate: z.string().nullable().meta({ description: 'As it was read' }),
    plateConfidence: share,
    covered: z.boolean().nullable(),
    coveredConfidence: share,
    wheelsClean: z.boolean().nullable(),
    wheelsCleanConfidence: share,
    picture: z
      .object({
        url: z.string().meta({ description: 'Of this very picture: may be kept for ever' }),
        type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
        bytes: z.number().int(),
        sha256: z.string(),
      })
      .nullable()
      .meta({ description: 'Kept for 30 days, longer where an alert rests on it' }),
    snapshotUrl: z.string().nullable().meta({ description: 'Where the camera says that it keeps a picture itself' }),
  })
  .meta({ id: 'Sighting' });
export type SightingResource = z.infer<typeof sighting>;

export const sightingQuery = pageQuery.extend({
  truck: id.optional(),
  camera: id.optional(),
  place: id.optional(),
  plate: text(32).optional().meta({ description: 'However it is spaced; only what was read with a confidence of 0.85 or more is found' }),
  from: time.optional(),
  to: time.optional(),
});
export type SightingQuery = z.infer<typeof sightingQuery>;
export const sightingPage = pageOf(sighting).meta({ id: 'SightingPage' });

/** How each camera in use has fared. */
export const lastSightings = z
  .object({ items: z.array(z.object({ camera: id, at: time.nullable().meta({ description: 'Of its newest sighting; null: it has seen nothing yet' }) })) })
  .meta({ id: 'LastSightings' });
export type LastSightings = z.infer<typeof lastSightings>;

export const pictureQuery = z.object({ sha256: z.string().max(64).optional().meta({ description: 'Which picture is meant, as `url` says it' }) });
export type PictureQuery = z.infer<typeof pictureQuery>;
