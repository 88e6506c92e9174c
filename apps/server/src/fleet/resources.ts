import {
  camera,
  cameraBody,
  cameraChange,
  cameraPage,
  company,
  companyBody,
  companyChange,
  companyPage,
  driver,
  driverBody,
  driverChange,
  driverPage,
  permit,
  permitBody,
  permitChange,
  permitPage,
  terminal,
  terminalBody,
  terminalChange,
  terminalPage,
  truck,
  truckBody,
  truckChange,
  truckPage,
} from '@muckwatch/contract';
import type { ResourceName } from './entity.js';
import { parsePermit, permitFaults, placeFaults, truckFaults } from './permit.js';
import { parsePlace } from './place-feature.js';
import { asFeature, parseWith, plain, type Resource, type Schemas } from './resource.js';
import { parseRoute } from './route-feature.js';

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
  check: truckFaults,
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
  versioned: true,
  versionOf: ({ placeId, lon, lat }) => ({ placeId, lon, lat }),
  references: { placeId: 'place' },
  scope: { place: 'r.place_id' },
  searched: ['id', 'name'],
  parse: parseWith(cameraBody, { kind: 'gate' }),
  schemas: { body: cameraBody, change: cameraChange, item: camera, page: cameraPage },
};

export const DRIVERS: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'driver',
  path: 'drivers',
  table: 'drivers',
  fields: { name: 'text', companyId: 'text', phone: 'text', licence: 'text' },
  versionOf: () => null,
  references: { companyId: 'company' },
  scope: { company: 'r.company_id' },
  searched: ['id', 'name'],
  parse: parseWith(driverBody),
  schemas: { body: driverBody, change: driverChange, item: driver, page: driverPage },
};

export const PLACES: Resource = {
  ...asFeature,
  name: 'place',
  path: 'places',
  table: 'places',
  fields: { kind: 'text', name: 'text', feature: 'json' },
  tells: 'places',
  scope: { place: 'r.id' },
  searched: ['id', 'name'],
  parse: parsePlace,
  check: placeFaults,
};

/** Approved lines belong to nobody: who may see anything may see them, as with companies' names. */
export const ROUTES: Resource = {
  ...asFeature,
  name: 'route',
  path: 'routes',
  table: 'routes',
  fields: { name: 'text', feature: 'json' },
  tells: 'routes',
  scope: {},
  searched: ['id', 'name'],
  parse: parseRoute,
};

export const PERMITS: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'permit',
  path: 'permits',
  table: 'permits',
  fields: {
    companyId: 'text',
    siteId: 'text',
    yardIds: 'texts',
    truckIds: 'texts',
    routeIds: 'texts',
    hours: 'json',
    validFrom: 'time',
    validTo: 'time',
    volumeM3: 'number',
  },
  versioned: true,
  versionOf: ({ id: _, retired: __, ...fields }) => fields,
  tells: 'permits',
  references: { companyId: 'company', siteId: 'place', yardIds: 'place', truckIds: 'truck', routeIds: 'route' },
  scope: { company: 'r.company_id', place: 'r.site_id' },
  searched: ['id', 'company_id', 'site_id'],
  parse: parsePermit,
  check: (entity, _before, known) => permitFaults(entity, known),
  schemas: { body: permitBody, change: permitChange, item: permit, page: permitPage },
};

export const RESOURCES: Record<ResourceName, Resource> = {
  company: COMPANIES,
  truck: TRUCKS,
  driver: DRIVERS,
  terminal: TERMINALS,
  camera: CAMERAS,
  place: PLACES,
  route: ROUTES,
  permit: PERMITS,
};
