import type { PlaceFeature, PlaceKind } from '@muckwatch/contract';
import {
  USUAL_WINDOW,
  type ValidityForm,
  validityForm,
  validityOf,
  type WindowForm,
  windowForm,
  windowsOf,
  wrongValidity,
  wrongWindows,
  type WrongCode,
} from '../permits/permitForm.js';

/** What is said of a place as it stands in the form: what is typed is kept as typed. */
export interface PlaceForm extends ValidityForm {
  kind: PlaceKind;
  name: string;
  always: boolean;
  windows: WindowForm[];
  limitKmh: string;
  noCurfew: boolean;
  curfew: WindowForm[];
  capacityM3: string;
  managerIds: string[];
}

type Properties = PlaceFeature['properties'];
export type PlaceWrong = WrongCode | 'placeName' | 'limit' | 'capacity' | 'shape';
export type PlaceWrongs = Partial<Record<string, PlaceWrong>>;

/** Which fields a kind of place has beside name, kind and validity. */
export const FIELDS: Record<PlaceKind, readonly ('hours' | 'limitKmh' | 'curfew' | 'capacityM3' | 'managerIds')[]> = {
  site: ['hours', 'managerIds'],
  yard: ['hours', 'capacityM3', 'managerIds'],
  'parking-lot': ['curfew', 'managerIds'],
  'wash-bay': ['hours'],
  'no-go': ['hours'],
  'speed-zone': ['limitKmh', 'hours'],
};

export function formOf(properties: Properties | null, zone: string, kind: PlaceKind = 'site'): PlaceForm {
  return {
    kind: properties?.kind ?? kind,
    name: properties?.name ?? '',
    always: !properties?.hours?.length,
    windows: (properties?.hours ?? [USUAL_WINDOW]).map(windowForm),
    ...validityForm(properties ?? {}, zone),
    limitKmh: properties?.limitKmh ? String(properties.limitKmh) : '',
    noCurfew: !properties?.curfew?.length,
    curfew: (properties?.curfew ?? [{ ...USUAL_WINDOW, from: '05:00', to: '21:00' }]).map(windowForm),
    capacityM3: typeof properties?.capacityM3 === 'number' ? String(properties.capacityM3) : '',
    managerIds: properties?.managerIds ?? [],
  };
}

/** As it is sent: what the kind has no field for is taken away. */
export function propertiesOf(form: PlaceForm, zone: string): Properties {
  const has = (field: (typeof FIELDS)[PlaceKind][number]) => FIELDS[form.kind].includes(field);
  return {
    kind: form.kind,
    name: form.name.trim(),
    hours: has('hours') && !form.always ? form.windows.flatMap(windowsOf) : null,
    ...validityOf(form, zone),
    limitKmh: has('limitKmh') && form.limitKmh.trim() !== '' ? Number(form.limitKmh) : null,
    curfew: has('curfew') && !form.noCurfew ? form.curfew.flatMap(windowsOf) : null,
    capacityM3: has('capacityM3') && form.capacityM3.trim() !== '' ? Number(form.capacityM3) : null,
    managerIds: has('managerIds') && form.managerIds.length > 0 ? form.managerIds : null,
  };
}

/** What of the form cannot be so, by the field's name as the server says it. */
export function wrongsIn(form: PlaceForm, zone: string): PlaceWrongs {
  const has = (field: (typeof FIELDS)[PlaceKind][number]) => FIELDS[form.kind].includes(field);
  const limit = Number(form.limitKmh);
  const capacity = Number(form.capacityM3);
  return {
    ...wrongValidity(form, zone, null),
    ...(has('hours') && !form.always ? wrongWindows(form.windows) : {}),
    ...(has('curfew') && !form.noCurfew ? wrongWindows(form.curfew, 'curfew') : {}),
    ...(form.name.trim() === '' ? { name: 'placeName' as const } : {}),
    ...(has('limitKmh') && !(form.limitKmh.trim() !== '' && limit >= 5 && limit <= 150) ? { limitKmh: 'limit' as const } : {}),
    ...(has('capacityM3') && form.capacityM3.trim() !== '' && !(capacity >= 0 && capacity <= 1e9) ? { capacityM3: 'capacity' as const } : {}),
  };
}

const SHOWN = new Set(['kind', 'name', 'validFrom', 'validTo', 'limitKmh', 'capacityM3', 'managerIds']);

/** The field that a path of the server belongs to: `properties.curfew.0.from`, `geometry`. */
export function fieldOf(path: string): string | null {
  const [first = '', field = '', index, part] = path.split('.');
  if (first === 'geometry') return 'geometry';
  if (first !== 'properties') return null;
  if ((field === 'hours' || field === 'curfew') && index !== undefined) return `${field}.${index}.${part === 'to' || part === 'days' ? part : 'from'}`;
  return SHOWN.has(field) ? field : null;
}
