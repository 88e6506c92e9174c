import type { z } from 'zod';
import { kindOf, shown, shownPath, UnreadablePayload } from './unreadable.js';

const NEEDED: Record<string, string> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a string',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
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

  if (value === undefined || (value === null && issue.path.length > 0))
    return new UnreadablePayload('missing-field', issue.code === 'custom' ? `${field} ${issue.message}` : `${field} is missing`);
  if (issue.code === 'invalid_type' && (typeof value !== 'number' || (issue.expected !== 'number' && issue.expected !== 'int'))) {
    return new UnreadablePayload('wrong-type', `${naming(field, value)} is ${kindOf(value)}; ${NEEDED[issue.expected] ?? issue.expected} is needed`);
  }
  if (issue.code === 'invalid_value' && typeof value !== 'string') {
    return new UnreadablePayload('wrong-type', `${naming(field, value)} is ${kindOf(value)}; a string is needed`);
  }
  if (issue.code === 'invalid_union') {
    return new UnreadablePayload('wrong-type', `${naming(field, value)} is ${kindOf(value)}; RFC 3339 with offset or epoch milliseconds is needed`);
  }
  const whole = issue.code === 'invalid_type' && Number.isFinite(value);
  return new UnreadablePayload(whole ? 'wrong-type' : 'out-of-range', `${field} ${shown(value)} ${issue.message}`);
}

/** «lat "31.6"», but only «lat» where the value would be told by its kind anyway. */
function naming(field: string, value: unknown): string {
  return typeof value === 'object' ? field : `${field} ${shown(value)}`;
}

function valueAt(element: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], element);
}
