import { z } from 'zod';
import { LAST_MS } from './wire-time.js';

/**
 * What Frigate says on its own topics, as far as it is read: https://docs.frigate.video/integrations/mqtt. The message of a check is a predicate, as in
 * the standard schemas.
 */
const word = (max: number, description: string) => {
  const error = `is not 1–${max} characters long`;
  return z
    .string(error)
    .min(1, error)
    .max(max, error)
    .regex(/^[^\p{Cc}]*$/u, 'holds a control character')
    .meta({ description });
};
const seconds = (description: string) => {
  const error = 'is not within 1970…9999';
  return z
    .number(error)
    .min(0, error)
    .max(LAST_MS / 1_000, error)
    .meta({ description, 'x-unit': 's' });
};

/** Read by hand: the documentation shows a text with its score beside it, Frigate 0.16 and 0.17 send the pair. */
const scored = (description: string) =>
  z.unknown().meta({ description, anyOf: [{ type: 'string' }, { type: 'array', items: { type: ['string', 'number', 'null'] } }, { type: 'null' }] });

const ID = 'Unique for each tracked object; begins with the time at which it was first seen';
const CAMERA = 'What Frigate calls the camera: the `frigateName` under which a gate is registered';

export const wireFrigateObject = z.looseObject({
  id: word(128, ID),
  camera: word(120, CAMERA),
  label: word(120, 'Only car, truck, bus and license_plate are read'),
  start_time: seconds('When it was first seen'),
  false_positive: z.boolean().nullish(),
  sub_label: scored('[name, score], or the plate where a plate reader beside Frigate put it there').optional(),
  recognized_license_plate: scored('The plate, or [plate, score]').optional(),
  recognized_license_plate_score: z
    .unknown()
    .meta({ description: '0…1', type: ['number', 'null'] })
    .optional(),
});

export const wireFrigateEvent = z
  .looseObject({
    type: z.enum(['new', 'update', 'end'], 'is not one of new, update, end'),
    before: z.unknown().meta({ description: 'As `after` was in the message before' }).optional(),
    after: wireFrigateObject,
  })
  .meta({
    id: 'FrigateEvent',
    description: 'A tracked object changed. Vehicles become sightings: once a plate is read, at each better reading, and at the end.',
  });

export const wireFrigatePlate = z.looseObject({
  type: z.literal('lpr'),
  id: word(128, ID),
  camera: word(120, CAMERA),
  plate: z
    .string()
    .max(32, 'is not 0–32 characters long')
    .regex(/^[^\p{Cc}]*$/u, 'holds a control character')
    .meta({ description: 'As it was read; blank means not read' }),
  score: z.number('is not within 0…1').min(0, 'is not within 0…1').max(1, 'is not within 0…1').nullish().meta({ description: 'Of the plate' }),
  name: z.string().max(1_000, 'is longer than 1000 characters').nullish().meta({ description: 'Of a plate that Frigate knows' }),
  timestamp: seconds('When the plate was read').nullish(),
});

export const wireFrigateUpdate = z
  .looseObject({ type: z.string().meta({ description: 'Only lpr is read' }) })
  .meta({ id: 'FrigateUpdate', description: 'Frigate found out more about a tracked object. The plate of a vehicle becomes a sighting, or updates it.' });
