import { z } from 'zod';
import { id, pageOf, text, time } from './common.js';
import { hours } from './places.js';

const secret = z.string().min(16, 'must have at least 16 characters').max(256);

export const companyBody = z
  .strictObject({ id: id.nullish(), name: text(120), creditCode: text(40).nullish(), phone: text(40).nullish(), districtId: id.nullish() })
  .meta({ id: 'CompanyBody' });
export const company = z
  .object({
    id,
    name: z.string(),
    creditCode: z.string().nullable(),
    phone: z.string().nullable(),
    districtId: id.nullable().meta({ description: 'The district whose people look after it' }),
    retired: z.boolean(),
  })
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

export const driverBody = z
  .strictObject({ id: id.nullish(), name: text(80), companyId: id, phone: text(40).nullish(), licence: text(40).nullish() })
  .meta({ id: 'DriverBody' });
export const driver = z
  .object({ id, name: z.string(), companyId: id, phone: z.string().nullable(), licence: z.string().nullable(), retired: z.boolean() })
  .meta({ id: 'Driver' });
export type DriverResource = z.infer<typeof driver>;

/** Who may take muck from a site to which yards, by which routes and when. */
export const permitBody = z
  .strictObject({
    id: id.nullish(),
    companyId: id,
    siteId: id,
    yardIds: z.array(id).min(1, 'must name a yard').max(500),
    truckIds: z.array(id).max(5_000).nullish().meta({ description: 'Empty: every truck of the company' }),
    routeIds: z.array(id).max(500).nullish().meta({ description: 'Empty: any way is approved' }),
    hours: hours.nullish().meta({ description: 'null: always' }),
    validFrom: time.nullish(),
    validTo: time.nullish(),
    volumeM3: z.number().gt(0).max(1e9).nullish(),
  })
  .meta({ id: 'PermitBody' });
export const permit = z
  .object({
    id,
    companyId: id,
    siteId: id,
    yardIds: z.array(id),
    truckIds: z.array(id),
    routeIds: z.array(id),
    hours: hours.nullable(),
    validFrom: time.nullable(),
    validTo: time.nullable(),
    volumeM3: z.number().nullable(),
    hauledM3: z
      .number()
      .nullable()
      .meta({ description: 'Delivered hauls × the truck’s box, as the notices of 90 and 100 % count it. null: no truck’s box is known' }),
    hauls: z.number().int().meta({ description: 'Delivered on this permit' }),
    estimatedHauls: z.number().int().meta({ description: 'Of these by trucks without a known box: counted as the fleet’s median' }),
    retired: z.boolean(),
  })
  .meta({ id: 'Permit' });
export type PermitResource = z.infer<typeof permit>;

/** A change names the fields it changes; the id comes from the address. */
export const companyChange = companyBody.omit({ id: true }).partial().meta({ id: 'CompanyChange' });
export const truckChange = truckBody.omit({ id: true }).partial().meta({ id: 'TruckChange' });
export const terminalChange = terminalBody.omit({ id: true }).partial().meta({ id: 'TerminalChange' });
export const cameraChange = cameraBody.omit({ id: true }).partial().meta({ id: 'CameraChange' });
export const driverChange = driverBody.omit({ id: true }).partial().meta({ id: 'DriverChange' });
export const permitChange = permitBody.omit({ id: true }).partial().meta({ id: 'PermitChange' });

export type CompanyBody = z.infer<typeof companyBody>;
export type TruckBody = z.infer<typeof truckBody>;
export type TerminalBody = z.infer<typeof terminalBody>;
export type CameraBody = z.infer<typeof cameraBody>;
export type DriverBody = z.infer<typeof driverBody>;
export type PermitBody = z.infer<typeof permitBody>;

export const companyPage = pageOf(company).meta({ id: 'CompanyPage' });
export const truckPage = pageOf(truck).meta({ id: 'TruckPage' });
export const terminalPage = pageOf(terminal).meta({ id: 'TerminalPage' });
export const cameraPage = pageOf(camera).meta({ id: 'CameraPage' });
export const driverPage = pageOf(driver).meta({ id: 'DriverPage' });
export const permitPage = pageOf(permit).meta({ id: 'PermitPage' });
