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
    after: id.nullish().meta({ description: 'Of an answer before, its `next`: the trucks behind it' }),
  })
  .meta({ id: 'PlacePreviewBody' });
export type PlacePreviewBody = z.infer<typeof placePreviewBody>;

/** What one shape touched. */
export const touched = z
  .object({
    trucks: z.number().int(),
    visits: z.number().int().meta({ description: 'Stays of two reports and 10 s or more; a silence of 10 min ends one' }),
    passes: z.number().int().meta({ description: 'Shorter ones' }),
    crossings: z.number().int().meta({
      description: 'Through it from side to side between two reports outside, by the limits of the rule `no-go`: 60 s apart at most, headings along the line',
    }),
    unsure: z
      .number()
      .int()
      .meta({ description: 'Lines between such reports that run through it and are not counted: a corner is clipped, or a heading unsaid or another' }),
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
    entries: z.array(
      z.object({ truckId: z.string(), plate: z.string(), at: time, stayS: z.number(), through: z.boolean(), lon: z.number(), lat: z.number(), side }),
    ),
    alerts: z.array(z.object({ id: z.string(), rule: z.string(), at: time, lon: z.number(), lat: z.number(), side })),
    looked: z.object({ trucks: z.number().int(), ofTrucks: z.number().int(), reports: z.number().int() }).meta({
      description: 'Trucks that this answer is about, of how many; their reports in the shape’s box, and those from or to which a line touches it',
    }),
    next: id.nullable().meta({ description: 'There are more trucks: ask again with it as `after`, and add up; null: that was the last of them' }),
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
