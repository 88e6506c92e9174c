import type { FieldChange, PlaceKind } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';
import { type HoursWindow, hoursWords } from '../permits/hours.js';
import { type FieldAs, type FieldDef, type FieldName, KIND, type Kind } from './kinds.js';
import { cellWords, type Names } from './useCells.js';

/** Fields that refer to others, wherever they stand: permits and places have them too. */
const REFERS: Record<string, FieldAs> = {
  companyId: 'company',
  siteId: 'place',
  placeId: 'place',
  yardIds: 'place',
  truckId: 'truck',
  truckIds: 'truck',
  districtId: 'district',
  districtIds: 'district',
  companyIds: 'company',
  placeIds: 'place',
};
/** A list of five hundred trucks is no sentence. */
const MOST_LISTED = 12;

/** Numbers of things that have no page of this kind: their fields say the unit. */
const UNIT: Record<string, (t: Words) => string> = { widthM: (t) => t.unit.m, limitKmh: (t) => t.unit.kmh, capacityM3: () => 'm³', volumeM3: () => 'm³' };

/** How values are said here and now; `kind` where the thing is one of the registry's lists. */
export interface Saying {
  label: (field: string) => string;
  kind: Kind | null;
  names: Names;
  clock: (instant: string) => string;
  t: Words;
}

/** One change as a line: the field, from what, to what; of a new thing only what was said. */
export function changeWords({ field, from, to }: FieldChange, saying: Saying): string {
  const { label, t } = saying;
  const h = t.registry.history;
  if (field === 'secret') return h.secret;
  const words = (value: unknown) => valueWords(field, value, saying);
  return from === null || from === undefined ? h.set(label(field), words(to)) : h.change(label(field), words(from), words(to));
}

function valueWords(field: string, value: unknown, { kind, names, clock, t }: Saying): string {
  const h = t.registry.history;
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return h.nothing;
  if (field === 'role' && typeof value === 'string' && value in t.role) return t.role[value as keyof typeof t.role];
  const known = kind === null ? undefined : KIND[kind].fields.find((def) => def.field === field);
  const def: FieldDef = known ?? { field: field as FieldName, as: REFERS[field] ?? 'text' };
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    const shown = value.slice(0, MOST_LISTED).map((one) => cellWords(def, one, names, t));
    return `${shown.join(h.comma)}${value.length > MOST_LISTED ? `… ${h.many(value.length)}` : ''}`;
  }
  if (isHours(value)) return hoursWords(value, t);
  if ((field === 'validFrom' || field === 'validTo') && typeof value === 'string') return clock(value);
  if (kind === null && field === 'kind') return t.place[value as PlaceKind] ?? cellWords(def, value, names, t);
  const unit = typeof value === 'number' ? UNIT[field] : undefined;
  if (unit) return `${cellWords(def, value, names, t)} ${unit(t)}`;
  const points = typeof value === 'object' ? (value as { points?: unknown }).points : undefined;
  return typeof points === 'number' ? h.points(points) : cellWords(def, value, names, t);
}

function isHours(value: unknown): value is HoursWindow[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'from' in one && 'to' in one);
}
