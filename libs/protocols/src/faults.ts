import type { z } from 'zod';
import { kindOf, shown, shownPath, UnreadablePayload } from './unreadable.js';

const NEEDED: Record<string, string> = {
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  object: 'an object',
};

/**
 * What a schema makes of an element.
 *
 * @throws UnreadablePayload `missing-field`, `wrong-type` or `out-of-range`
 */
export function accepted<T>(schema: z.ZodType<T>, element: unknown, what: string): T {
  const parsed = schema.safeParse(element);
  if (!parsed.success) throw faultOf(parsed.error.issues[0]!, element, what);
  return parsed.data;
}

/** The first fault that a schema found, as a sentence that names the field and the value. `what` names the whole («the report»). */
export function faultOf(issue: z.core.$ZodIssue, element: unknown, what: string): UnreadablePayload {
  const value = valueAt(element, issue.path);
  const field = issue.path.length > 0 ? shownPath(issue.path) : what;

  if (value === undefined || (value === null && issue.path.length > 0)) {
    return new UnreadablePayload('missing-field', `${field} ${issue.code === 'custom' ? issue.message : 'is missing'}`);
  }
  const needed = neededInstead(issue, value);
  if (needed !== null) return new UnreadablePayload('wrong-type', `${naming(field, value)} is ${kindOf(value)}; ${needed} is needed`);
  // The only union is a time, and zod takes any number for one that is not infinite.
  if (issue.code === 'invalid_union') return new UnreadablePayload('out-of-range', `${field} is a number too great to hold`);
  const notWhole = issue.code === 'invalid_type' && Number.isFinite(value);
  return new UnreadablePayload(notWhole ? 'wrong-type' : 'out-of-range', `${field} ${shown(value)} ${issue.message}`);
}

/** What should stand there instead, or null where the kind of the value is right and only the value is wrong. */
function neededInstead(issue: z.core.$ZodIssue, value: unknown): string | null {
  if (issue.code === 'invalid_union') return typeof value === 'number' ? null : 'RFC 3339 with offset or epoch milliseconds';
  if (issue.code === 'invalid_value') return typeof value === 'string' ? null : 'a string';
  if (issue.code !== 'invalid_type') return null;
  const isNumber = typeof value === 'number' && (issue.expected === 'number' || issue.expected === 'int');
  return isNumber ? null : (NEEDED[issue.expected] ?? issue.expected);
}

/** «lat "31.6"», but only «lat» where the value would be told by its kind anyway. */
function naming(field: string, value: unknown): string {
  return typeof value === 'object' ? field : `${field} ${shown(value)}`;
}

function valueAt(element: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], element);
}
