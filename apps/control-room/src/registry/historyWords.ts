import type { FieldChange } from '@muckwatch/contract';
import type { Words } from '../i18n/index.js';
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

/** One change as a line: the field, from what, to what; of a new thing only what was said. */
export function changeWords({ field, from, to }: FieldChange, label: (field: string) => string, kind: Kind | null, names: Names, t: Words): string {
  const h = t.registry.history;
  if (field === 'secret') return h.secret;
  const words = (value: unknown) => valueWords(field, value, kind, names, t);
  return from === null || from === undefined ? h.set(label(field), words(to)) : h.change(label(field), words(from), words(to));
}

function valueWords(field: string, value: unknown, kind: Kind | null, names: Names, t: Words): string {
  const h = t.registry.history;
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return h.nothing;
  if (field === 'role' && typeof value === 'string' && value in t.role) return t.role[value as keyof typeof t.role];
  const known = kind === null ? undefined : KIND[kind].fields.find((def) => def.field === field);
  const def: FieldDef = known ?? { field: field as FieldName, as: REFERS[field] ?? 'text' };
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    const shown = value.slice(0, MOST_LISTED).map((one) => cellWords(def, one, names, t));
    return `${shown.join(h.comma)}${value.length > MOST_LISTED ? `… ${h.many(value.length)}` : ''}`;
  }
  const points = typeof value === 'object' ? (value as { points?: unknown }).points : undefined;
  return typeof points === 'number' ? h.points(points) : cellWords(def, value, names, t);
}
