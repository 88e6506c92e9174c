import { z } from 'zod';
import { id, text } from './common.js';
import { placeGeometry } from './places.js';

/** Properties we know; others are kept and ignored. */
export const districtProperties = z.looseObject({ id: id.nullish(), name: text(120) });

/** A part of the city 区. What lies in it, its own people see; districts are not meant to overlap. */
export const districtFeature = z
  .object({ type: z.literal('Feature'), id: z.unknown().optional(), geometry: placeGeometry, properties: districtProperties })
  .meta({ id: 'DistrictFeature' });
export type DistrictFeature = z.infer<typeof districtFeature>;

export const districtCollection = z
  .object({ type: z.literal('FeatureCollection'), features: z.array(districtFeature), nextCursor: z.string().nullable().optional() })
  .meta({ id: 'DistrictCollection' });
export type DistrictCollection = z.infer<typeof districtCollection>;
