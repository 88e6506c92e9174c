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
import { DRIVER_KEEPERS, PLANNERS } from '../auth/roles.js';
import { type Narrowing, ofCompany, ofPermit, ofPlace, ofRoute, ofTruck } from '../auth/narrowing.js';
import { parseDistrict } from './district-feature.js';
import type { ResourceName } from './entity.js';
import { hauledOn } from './haul-volume.js';
import { parsePermit, permitFaults, placeFaults, truckFaults } from './permit.js';
import { inItsDistrict, parsePlace } from './place-feature.js';
import { asFeature, parseWith, plain, type Resource, type Schemas } from './resource.js';
import { parseRoute } from './route-feature.js';

export const COMPANIES: Resource & { schemas: Schemas } = {
  ...plain,
  name: 'company',
  path: 'companies',
  table: 'companies',
  fields: { name: 'text', creditCode: 'text', phone: 'text', districtId: 'text' },
  versionOf: () => null,
  references: { districtId: 'district' },
  scope: ofCompany('r.id'),
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
  scope: ofTruck('r'),
  searched: ['id', 'plate'],
  parse: parseWith(truckBody),
  check: truckFaults,
  schemas: { body: truckBody, change: truckChange, item: truck, page: truckPage },
};

/** As its truck. */
const ofTerminal: Narrowing = {
  ...ofCompany('(select t.company_id from trucks t where t.id = r.truck_id)'),
  place: (ids) => `exists (select from trucks t where t.id = r.truck_id and ${ofTruck('t').place(ids)})`,
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
  scope: ofTerminal,
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
  // No company's business: what a gate saw of its trucks it has as sightings.
  scope: { place: 'r.place_id', district: '(select pl.district_id from places pl where pl.id = r.place_id)' },
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
  writers: DRIVER_KEEPERS,
  scope: ofCompany('r.company_id'),
  searched: ['id', 'name'],
  parse: parseWith(driverBody),
  schemas: { body: driverBody, change: driverChange, item: driver, page: driverPage },
};

export const PLACES: Resource = {
  ...asFeature,
  name: 'place',
  path: 'places',
  table: 'places',
  fields: { kind: 'text', name: 'text', feature: 'json', districtId: 'text' },
  tells: 'places',
  writers: PLANNERS,
  scope: ofPlace('r'),
  searched: ['id', 'name'],
  parse: parsePlace,
  completed: inItsDistrict,
  check: placeFaults,
};

export const ROUTES: Resource = {
  ...asFeature,
  name: 'route',
  path: 'routes',
  table: 'routes',
  fields: { name: 'text', feature: 'json' },
  tells: 'routes',
  writers: PLANNERS,
  scope: ofRoute('r'),
  searched: ['id', 'name'],
  parse: parseRoute,
};

/** Not versioned: nothing is judged by districts, they say only who sees what now. */
export const DISTRICTS: Resource = {
  ...asFeature,
  name: 'district',
  path: 'districts',
  table: 'districts',
  fields: { name: 'text', feature: 'json' },
  versioned: false,
  tells: 'districts',
  scope: {
    company: (ids) => `exists (select from companies co where co.id = any(${ids}) and co.district_id = r.id)`,
    place: (ids) => `exists (select from places pl where pl.id = any(${ids}) and pl.district_id = r.id)`,
    district: 'r.id',
  },
  searched: ['id', 'name'],
  parse: parseDistrict,
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
  writers: PLANNERS,
  scope: ofPermit('r'),
  searched: ['id', 'company_id', 'site_id'],
  counted: hauledOn,
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
  district: DISTRICTS,
};
