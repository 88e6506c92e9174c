import { z } from 'zod';
import { id, pageOf, text } from './common.js';

const secret = z.string().min(16, 'must have at least 16 characters').max(256);

export const companyBody = z
  .strictObject({ id: id.nullish(), name: text(120), creditCode: text(40).nullish(), phone: text(40).nullish() })
  .meta({ id: 'CompanyBody' });
export const company = z
  .object({ id, name: z.string(), creditCode: z.string().nullable(), phone: z.string().nullable(), retired: z.boolean() })
  .meta({ id: 'Company' });
export type Company = z.infer<typeof company>;

export const truckBody = z
  .strictObject({
    id: id.nullish(),
    plate: text(16),
    companyId: id,
    ratedLoadKg: z.number().min(500).max(150_000).nullish(),
    boxM3: z.number().min(1).max(100).nullish(),
    colour: text(40).nullish(),
  })
  .meta({ id: 'TruckBody' });
export const truck = z
  .object({
    id,
    plate: z.string(),
    companyId: id,
    ratedLoadKg: z.number().nullable(),
    boxM3: z.number().nullable(),
    colour: z.string().nullable(),
    retired: z.boolean(),
  })
  .meta({ id: 'Truck' });
export type TruckResource = z.infer<typeof truck>;

export const terminalBody = z.strictObject({ id: id.nullish(), truckId: id, secret: secret.nullish() }).meta({ id: 'TerminalBody' });
export const terminal = z
  .object({ id, truckId: id, retired: z.boolean(), secret: z.string().optional().meta({ description: 'Shown once, in the answer to its making' }) })
  .meta({ id: 'Terminal' });
export type TerminalResource = z.infer<typeof terminal>;

export const cameraBody = z
  .strictObject({
    id: id.nullish(),
    placeId: id,
    name: text(120),
    kind: z.enum(['gate', 'frigate']).nullish(),
    frigateName: text(120).nullish(),
    lon: z.number().min(-180).max(180).nullish(),
    lat: z.number().min(-90).max(90).nullish(),
    secret: secret.nullish(),
  })
  .meta({ id: 'CameraBody' });
export const camera = z
  .object({
    id,
    placeId: id,
    name: z.string(),
    kind: z.enum(['gate', 'frigate']),
    frigateName: z.string().nullable(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    retired: z.boolean(),
    secret: z.string().optional(),
  })
  .meta({ id: 'Camera' });
export type CameraResource = z.infer<typeof camera>;

/** A change names the fields it changes; the id comes from the address. */
export const companyChange = companyBody.omit({ id: true }).partial().meta({ id: 'CompanyChange' });
export const truckChange = truckBody.omit({ id: true }).partial().meta({ id: 'TruckChange' });
export const terminalChange = terminalBody.omit({ id: true }).partial().meta({ id: 'TerminalChange' });
export const cameraChange = cameraBody.omit({ id: true }).partial().meta({ id: 'CameraChange' });

export type CompanyBody = z.infer<typeof companyBody>;
export type TruckBody = z.infer<typeof truckBody>;
export type TerminalBody = z.infer<typeof terminalBody>;
export type CameraBody = z.infer<typeof cameraBody>;

export const companyPage = pageOf(company).meta({ id: 'CompanyPage' });
export const truckPage = pageOf(truck).meta({ id: 'TruckPage' });
export const terminalPage = pageOf(terminal).meta({ id: 'TerminalPage' });
export const cameraPage = pageOf(camera).meta({ id: 'CameraPage' });
