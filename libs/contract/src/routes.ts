import { z } from 'zod';
import { id, text, time } from './common.js';
import { lonLat } from './places.js';

const line = z.array(lonLat).min(2);

export const routeGeometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line).min(1) }),
]);

/** Properties we know; others are kept and ignored. */
export const routeProperties = z.looseObject({
  id: id.nullish(),
  name: text(120),
  widthM: z.number().min(1).max(1_000).nullish().meta({ description: 'The whole width in metres; absent: 100 m' }),
  validFrom: time.nullish(),
  validTo: time.nullish(),
});

export const routeFeature = z
  .object({ type: z.literal('Feature'), id: z.unknown().optional(), geometry: routeGeometry, properties: routeProperties })
  .meta({ id: 'RouteFeature' });
export type RouteFeature = z.infer<typeof routeFeature>;

export const routeCollection = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(routeFeature), nextCursor: z.string().nullable().optional() })
  .meta({ id: 'RouteCollection' });
export type RouteCollection = z.infer<typeof routeCollection>;
