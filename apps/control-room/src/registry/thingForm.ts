import type { Fault } from '../app/api.js';
import { type FieldDef, KIND, type Kind, type Thing } from './kinds.js';

/** Everything as it is typed; nothing said is ''. */
export type Form = Record<string, string>;
export type Wrong = { what: 'needed' } | { what: 'number' } | { what: 'within'; least: number; most: number };

export function formOf(kind: Kind, thing: Thing | null): Form {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  const entries = KIND[kind].fields.map(({ field, as }) => [field, text(thing?.[field]) || (as === 'camera-kind' ? 'gate' : '')]);
  return { id: thing?.id ?? '', ...(Object.fromEntries(entries) as Form) };
}

/** What makes no sense whatever else is registered; the server knows the rest. */
export function wrongsIn(kind: Kind, form: Form): Record<string, Wrong> {
  const found = KIND[kind].fields.map((def): [string, Wrong | null] => [def.field, wrongOf(def, (form[def.field] ?? '').trim())]);
  return Object.fromEntries(found.filter((one): one is [string, Wrong] => one[1] !== null));
}

function wrongOf({ as, needed, within }: FieldDef, text: string): Wrong | null {
  if (text === '') return needed ? { what: 'needed' } : null;
  if (as !== 'number') return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return { what: 'number' };
  const [least, most] = within ?? [-Infinity, Infinity];
  return value < least || value > most ? { what: 'within', least, most } : null;
}

/** A new thing with all that was said of it; of one that there is only what was changed here: what somebody else changed meanwhile is not put back. */
export function bodyOf(kind: Kind, form: Form, opened: Form | null): Record<string, unknown> {
  const said = (field: string) => (form[field] ?? '').trim();
  const fields = KIND[kind].fields.filter(({ field }) => (opened === null ? said(field) !== '' : said(field) !== (opened[field] ?? '').trim()));
  const entries = fields.map(({ field, as }): [string, unknown] => [field, said(field) === '' ? null : as === 'number' ? Number(said(field)) : said(field)]);
  return { ...(opened === null && said('id') !== '' ? { id: said('id') } : {}), ...Object.fromEntries(entries) };
}

/** The server's faults at the fields they name; what names none of ours is said above the buttons. */
export function faultsAt(kind: Kind, faults: readonly Fault[]): { at: Record<string, string>; others: string[] } {
  const ours = new Set(['id', ...KIND[kind].fields.map(({ field }) => field as string)]);
  const at: Record<string, string> = {};
  const others: string[] = [];
  for (const { path, message } of faults) {
    // An import of one row names it; here there is only this one.
    const field = path.replace(/^row 1(?:: )?/, '');
    if (ours.has(field)) at[field] = at[field] ? `${at[field]}; ${message}` : message;
    else others.push(field === '' ? message : `${field}: ${message}`);
  }
  return { at, others };
}
