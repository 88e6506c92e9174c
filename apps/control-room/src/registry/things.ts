import { plateKey } from '../app/plate.js';
import { type FieldDef, type FieldName, KIND, type Kind, type Thing } from './kinds.js';

/** What stands in a cell for a field of a thing. */
export type CellOf = (def: FieldDef, value: unknown) => string;
export interface Sort {
  by: FieldName | 'id';
  down: boolean;
}

/** Found by any part of anything that stands in its row, dots and blanks of plates aside. */
export function finds(kind: Kind, thing: Thing, search: string, cellOf: CellOf): boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return true;
  const key = plateKey(wanted);
  const texts = [thing.id, ...KIND[kind].fields.flatMap((def) => [cellOf(def, thing[def.field]), String((thing[def.field] as string | number | null) ?? '')])];
  return texts.some((text) => text.toLowerCase().includes(wanted) || (key !== '' && plateKey(text).includes(key)));
}

/** By what is read in the column, numbers as numbers; what is not said comes last either way. */
export function inOrder(kind: Kind, things: readonly Thing[], { by, down }: Sort, cellOf: CellOf): Thing[] {
  const def = KIND[kind].fields.find(({ field }) => field === by);
  const keyed = things.map((thing) => ({ thing, key: keyOf(thing, def, cellOf) }));
  const compare = (a: string | number | null, b: string | number | null): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return down ? -order : order;
  };
  return keyed.sort((a, b) => compare(a.key, b.key) || (a.thing.id < b.thing.id ? -1 : 1)).map(({ thing }) => thing);
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

function keyOf(thing: Thing, def: FieldDef | undefined, cellOf: CellOf): string | number | null {
  if (!def) return thing.id;
  const value = thing[def.field];
  if (value === null || value === undefined) return null;
  return typeof value === 'number' ? value : cellOf(def, value);
}
