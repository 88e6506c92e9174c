import { PLACE_KINDS } from '@muckwatch/domain';
import { z } from 'zod';
import { id, text, time } from './common.js';
import { matching, saying } from './saying.js';

const clock = z.string().check(matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM', '必须是 HH:MM 的时刻'));
export const hoursWindow = z
  .strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(), from: clock, to: clock })
  .meta({ id: 'HoursWindow' });
export const hours = z.array(hoursWindow).max(50);

export const lonLat = z
  .array(z.number())
  .min(2)
  .max(3)
  .refine(([lon, lat]) => Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90, saying('must be [lon, lat] in degrees', '必须是 [经度，纬度]，以度为单位'));
const ring = z.array(lonLat).min(4);

export const placeGeometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);

export const placeKind = z.enum(PLACE_KINDS);

/** Properties we know; others are kept and ignored. */
export const placeProperties = z
  .looseObject({
    id: id.nullish(),
    kind: placeKind,
    name: text(120),
    hours: hours.nullish(),
    validFrom: time.nullish(),
    validTo: time.nullish(),
    limitKmh: z.number().min(5).max(150).nullish(),
    curfew: hours.nullish(),
    capacityM3: z.number().min(0).max(1e9).nullish(),
    managerIds: z.array(id).max(100).nullish(),
    districtId: id.nullish().meta({ description: 'The district that holds its middle: computed, what is sent is ignored' }),
  })
  .refine((p) => p.kind !== 'speed-zone' || (p.limitKmh ?? null) !== null, {
    path: ['limitKmh'],
    ...saying('a speed zone needs limitKmh', '限速区必须填写限速'),
  });

export const placeFeature = z
  .object({ type: z.literal('Feature'), id: z.unknown().optional(), geometry: placeGeometry, properties: placeProperties })
  .meta({ id: 'PlaceFeature' });
export type PlaceFeature = z.infer<typeof placeFeature>;

export const placeCollection = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(placeFeature), nextCursor: z.string().nullable().optional() })
  .meta({ id: 'PlaceCollection' });
export type PlaceCollection = z.infer<typeof placeCollection>;

/** Background of the map: roads, water, green. Not judged by, only drawn. */
export const baseMap = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        geometry: z.looseObject({ type: z.enum(['LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }),
        properties: z.looseObject({
          kind: z.enum(['road', 'water', 'green', 'built']),
          class: z.string().max(32).nullish().meta({ description: 'Of a road: trunk, primary, secondary or street; others are drawn as streets' }),
          name: z.string().max(120).nullish(),
        }),
      }),
    ),
  })
  .meta({ id: 'BaseMap' });
export type BaseMap = z.infer<typeof baseMap>;
