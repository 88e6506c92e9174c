import { z } from 'zod';
import { id, time } from './common.js';
import { placeFeature, placeGeometry } from './places.js';

/** How far back a drawn shape is tried. */
export const PREVIEW_DAYS = 7;
/** Points of the map that a preview names at most, the newest of each. */
export const PREVIEW_ENTRIES = 500;
export const PREVIEW_ALERTS = 500;

export const placePreviewBody = z
  .strictObject({
    geometry: placeGeometry,
    id: id.nullish().meta({ description: 'The place whose shape it would be: the answer then says what its present shape has touched too' }),
  })
  .meta({ id: 'PlacePreviewBody' });
export type PlacePreviewBody = z.infer<typeof placePreviewBody>;

/** What one shape touched. */
export const touched = z
  .object({
    trucks: z.number().int(),
    visits: z.number().int().meta({ description: 'Stays of two reports and 10 s or more; a silence of 10 min ends one' }),
    passes: z.number().int().meta({ description: 'Shorter ones' }),
    loads: z.number().int().meta({ description: 'Hauls that were under way inside' }),
    departed: z.number().int().meta({ description: 'Hauls that began inside' }),
    unloaded: z.number().int().meta({ description: 'Hauls that were unloaded inside' }),
    alerts: z.array(z.object({ rule: z.string(), count: z.number().int() })).meta({ description: 'Whose position lies inside, most frequent first' }),
  })
  .meta({ id: 'Touched' });
export type Touched = z.infer<typeof touched>;

/** Of an edited place: whether both shapes hold it, or the drawn one or the present one alone. */
const side = z.enum(['both', 'drawn', 'present']);

export const placePreview = z
  .object({
    from: time,
    to: time,
    drawn: touched,
    present: touched.nullable().meta({ description: 'The shape in force, where the place was named' }),
    entries: z.array(z.object({ truckId: z.string(), plate: z.string(), at: time, stayS: z.number(), lon: z.number(), lat: z.number(), side })),
    alerts: z.array(z.object({ id: z.string(), rule: z.string(), at: time, lon: z.number(), lat: z.number(), side })),
    looked: z
      .object({ trucks: z.number().int(), ofTrucks: z.number().int(), reports: z.number().int() })
      .meta({ description: 'Trucks that were looked at within the time that a preview may take, and their reports in the shape’s box' }),
  })
  .meta({ id: 'PlacePreview' });
export type PlacePreview = z.infer<typeof placePreview>;

export const placeVersion = z
  .object({
    version: z.number().int(),
    from: time.nullable().meta({ description: 'In force from; null: from ever' }),
    enteredAt: time,
    by: z.string(),
    reason: z.string().nullable(),
    shapeChanged: z.boolean().meta({ description: 'False where only what is said of the place was changed' }),
    feature: placeFeature.nullable().meta({ description: 'null: taken out of use' }),
  })
  .meta({ id: 'PlaceVersion' });
export type PlaceVersion = z.infer<typeof placeVersion>;

export const placeVersions = z.object({ items: z.array(placeVersion) }).meta({ id: 'PlaceVersions' });
export type PlaceVersions = z.infer<typeof placeVersions>;
