import {
  cameraBody,
  cameraChange,
  cameraPage,
  camera,
  company,
  companyBody,
  companyChange,
  companyPage,
  terminal,
  terminalBody,
  terminalChange,
  terminalPage,
  truck,
  truckBody,
  truckChange,
  truckPage,
} from '@muckwatch/contract';
import type { z } from 'zod';
import { faultsOf } from '../problem.js';
import type { Entity, Parsed } from './entity.js';
import { parsePlace } from './place-feature.js';

export type ResourceName = 'company' | 'truck' | 'terminal' | 'camera' | 'place';

/** What the registry needs to know of one kind of thing; the rest is the same for all. */
export interface Resource {
  name: ResourceName;
  path: string;
  table: string;
  /** Field and the kind of its column, which is the field's name in snake case. */
  fields: Record<string, 'text' | 'number' | 'json'>;
  /** Signs in over MQTT with a secret of its own. */
  hasSecret: boolean;
  /** Its past matters for judging: each change is a row of world_versions too. */
  versioned: boolean;
  /** What of it a version keeps. */
  versionOf: (entity: Entity) => unknown;
  references: Record<string, ResourceName>;
  /** Field that no two things in use may share. */
  unique: string | null;
  /** Expressions over the row `r` that a viewer's scope narrows. */
  scope: { company?: string; place?: string };
  /** What `q` looks in. */
  searched: string[];
  /** The id a row of an import gives. */
  idOf: (raw: Record<string, unknown>) => unknown;
  /** A row as it came, over what is known of the thing: fields that it leaves out stay. */
  parse: (raw: Record<string, unknown>, known: Entity | undefined) => Parsed;
}

/** The schemas of a plain resource: what is taken and what is answered. */
export interface Schemas {
  body: z.ZodType;
  change: z.ZodType;
  item: z.ZodType;
  page: z.ZodType;
}

const plain = { hasSecret: false, versioned: false, unique: null, references: {}, idOf: (raw: Record<string, unknown>) => raw.id };

export const COMPANIES: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'company',
  path: 'companies',
  table: 'companies',
  fields: { name: 'text', creditCode: 'text', phone: 'text' },
  versionOf: () => null,
  scope: { company: 'r.id' },
  searched: ['id', 'name', 'credit_code'],
  parse: parseWith(companyBody),
  schemas: { body: companyBody, change: companyChange, item: company, page: companyPage },
};

export const TRUCKS: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'truck',
  path: 'trucks',
  table: 'trucks',
  fields: { plate: 'text', companyId: 'text', ratedLoadKg: 'number', boxM3: 'number', colour: 'text' },
  versioned: true,
  versionOf: ({ plate, companyId, ratedLoadKg, boxM3, colour }) => ({ plate, companyId, ratedLoadKg, boxM3, colour }),
  references: { companyId: 'company' },
  unique: 'plate',
  scope: { company: 'r.company_id' },
  searched: ['id', 'plate'],
  parse: parseWith(truckBody),
  schemas: { body: truckBody, change: truckChange, item: truck, page: truckPage },
};

export const TERMINALS: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'terminal',
  path: 'terminals',
  table: 'terminals',
  fields: { truckId: 'text' },
  hasSecret: true,
  versioned: true,
  versionOf: ({ truckId }) => ({ truckId }),
  references: { truckId: 'truck' },
  scope: { company: '(select t.company_id from trucks t where t.id = r.truck_id)' },
  searched: ['id', 'truck_id'],
  parse: parseWith(terminalBody),
  schemas: { body: terminalBody, change: terminalChange, item: terminal, page: terminalPage },
};

export const CAMERAS: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'camera',
  path: 'cameras',
  table: 'cameras',
  fields: { placeId: 'text', name: 'text', kind: 'text', frigateName: 'text', lon: 'number', lat: 'number' },
  hasSecret: true,
  versionOf: () => null,
  references: { placeId: 'place' },
  scope: { place: 'r.place_id' },
  searched: ['id', 'name'],
  parse: parseWith(cameraBody, { kind: 'gate' }),
  schemas: { body: cameraBody, change: cameraChange, item: camera, page: cameraPage },
};

export const PLACES: Resource = {
  ...plain,
  name: 'place',
  path: 'places',
  table: 'places',
  fields: { kind: 'text', name: 'text', feature: 'json' },
  versioned: true,
  versionOf: ({ feature }) => feature,
  scope: { place: 'r.id' },
  searched: ['id', 'name'],
  idOf: (raw) => (raw.properties as Record<string, unknown> | null | undefined)?.id ?? raw.id,
  parse: parsePlace,
};

export const RESOURCES: Record<ResourceName, Resource> = { company: COMPANIES, truck: TRUCKS, terminal: TERMINALS, camera: CAMERAS, place: PLACES };

function parseWith(body: z.ZodObject, defaults: Record<string, unknown> = {}): Resource['parse'] {
  const names = Object.keys(body.shape).filter((name) => name !== 'id' && name !== 'secret');
  return (raw, known) => {
    const before = known ? Object.fromEntries(names.map((name) => [name, known[name]])) : {};
    const whole = { ...before, ...raw };
    const result = body.safeParse(whole);
    if (!result.success) return { faults: faultsOf(result.error, whole) };
    const said = result.data;
    const fields = Object.fromEntries(names.map((name) => [name, said[name] ?? defaults[name] ?? null]));
    return { id: (said.id as string | null | undefined) ?? null, fields, secret: (said.secret as string | null | undefined) ?? null };
  };
}
