import { z } from 'zod';
import { id, time } from './common.js';
import { placeKind } from './places.js';

/** A stretch of time that is looked back at. */
const stretch = { from: time, to: time };
/** The longest that is looked back at in one piece, days. */
export const PLAYBACK_DAYS = 7;
/** The most trucks that are looked back at together. */
export const PLAYBACK_TRUCKS = 8;

export const fixQuery = z.object({
  ...stretch,
  everyS: z.coerce
    .number()
    .int()
    .min(0)
    .max(30)
    .default(0)
    .meta({ description: 'Thin them out: of each so many seconds the first, the fastest and the slowest, and every one at which something changed; 0: all' }),
});
export type FixQuery = z.infer<typeof fixQuery>;

const numbers = z.array(z.number().nullable());

/** Reports in columns: a seventh of the bytes that the same reports take as objects. A column is null where none of them says anything. */
export const fixPage = z
  .object({
    truckId: id,
    from: time,
    nextFrom: time.nullable().meta({ description: 'Where the next page begins; null: this was the last' }),
    stored: z.number().int().meta({ description: 'Reports stored in this page’s time; more than are given where they were thinned out' }),
    at: z.array(z.number()).meta({ description: 'Event times, ms since 1970, ascending' }),
    lat: z.array(z.number()),
    lon: z.array(z.number()),
    speedKmh: numbers.nullable(),
    headingDeg: numbers.nullable(),
    loadKg: numbers.nullable(),
    loadState: z.array(z.enum(['empty', 'half', 'full', 'fault']).nullable()).nullable(),
    bedAngleDeg: numbers.nullable(),
    bed: z.array(z.enum(['down', 'raised', 'fault']).nullable()).nullable(),
    cover: z.array(z.enum(['closed', 'open', 'fault']).nullable()).nullable(),
    ignition: z.array(z.boolean().nullable()).nullable(),
    late: z.array(z.boolean()).nullable().meta({ description: 'Heard so late that the truck was judged again; null: none was' }),
    doubt: z.array(z.string().nullable()).nullable().meta({ description: 'Why it was not believed; null: all were' }),
  })
  .meta({ id: 'FixPage' });
export type FixPage = z.infer<typeof fixPage>;

export const stayQuery = z.object(stretch);
export type StayQuery = z.infer<typeof stayQuery>;

/** What the reports of a stretch come to. Doubted reports move nothing. */
export const stays = z
  .object({
    truckId: id,
    ...stretch,
    stops: z.array(z.object({ ...stretch, lat: z.number(), lon: z.number() })).meta({ description: 'Standing for at least 3 min' }),
    visits: z
      .array(z.object({ ...stretch, placeId: id, kind: placeKind, name: z.string() }))
      .meta({ description: 'Believed stays in places that the viewer may see, as they stood then; one that lasts ends with the last report' }),
    loads: z.array(z.object({ ...stretch, load: z.enum(['loaded', 'empty']) })),
    limits: z
      .array(z.object({ ...stretch, limitKmh: z.number(), of: z.enum(['zone', 'loaded', 'empty']) }))
      .meta({ description: 'The speed limit that held then; a time at which the load was unknown, and with it the limit, is left out' }),
  })
  .meta({ id: 'Stays' });
export type Stays = z.infer<typeof stays>;

export const TRACK_FORMATS = ['gpx', 'geojson', 'csv', 'xlsx'] as const;
export type TrackFormat = (typeof TRACK_FORMATS)[number];
