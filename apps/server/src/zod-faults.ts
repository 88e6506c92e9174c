import type { z } from 'zod';
import { cited, type Fault, quoted } from './refusal.js';

const HIDDEN = new Set(['secret', 'password', 'current', 'next', 'token', 'code']);

/** A schema's issues as faults that name the field and the value; an unknown field is a fault of its own. */
export function faultsOf(error: z.core.$ZodError, value: unknown): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: { en: 'is not a field that we know', zh: '没有这个字段' } }));
    }
    return [{ path: issue.path.join('.'), message: { en: `${issue.message}${shown(issue.path, value)}`, zh: chinese(issue, value) } }];
  });
}

function shown(path: PropertyKey[], value: unknown): string {
  if (isHidden(path)) return '';
  const at = valueAt(path, value);
  if (at === undefined) return path.length > 0 ? ' (absent)' : '';
  if (typeof at === 'object' && at !== null) return '';
  return `, not ${quoted(at)}`;
}

function chinese(issue: z.core.$ZodIssue, value: unknown): string {
  const said = sentenceOf(issue);
  const at = valueAt(issue.path, value);
  // What a rule over several fields misses is not there either, and its sentence says so.
  if (at === undefined || at === null) return issue.code === 'custom' ? said : `不能为空，${said}`;
  if (isHidden(issue.path) || typeof at === 'object' || at === '') return said;
  return `${said}，而不是${cited(at)}`;
}

const isHidden = (path: PropertyKey[]): boolean => path.some((step) => HIDDEN.has(String(step)));

function valueAt(path: PropertyKey[], value: unknown): unknown {
  let at: unknown = value;
  for (const step of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return at;
}

const TYPES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表 […]',
  tuple: '列表 […]',
  object: '对象 {…}',
  record: '对象 {…}',
  date: '日期',
  null: ' null',
};

const FORMATS: Record<string, string> = {
  datetime: ' RFC 3339 时间，如 2026-11-23T13:04:10.000Z',
  date: '日期，如 2026-11-23',
};

/** What an issue says in Chinese: by its code, or as the schema says itself (`saying`, `matching` of the contract). */
function sentenceOf(issue: z.core.$ZodIssue): string {
  const own = (issue as { params?: { zh?: unknown } }).params?.zh;
  if (typeof own === 'string') return own;
  switch (issue.code) {
    case 'invalid_type':
      return `必须是${TYPES[issue.expected] ?? ` ${issue.expected}`}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return atLeast(issue);
    case 'too_big':
      return atMost(issue);
    case 'invalid_format':
      return `必须是${FORMATS[issue.format] ?? `规定的格式（${issue.format}）`}`;
    case 'not_multiple_of':
      return `必须是 ${issue.divisor} 的倍数`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : '不是这里能用的任何一种写法';
    case 'invalid_key':
      return ['名称不能用', ...issue.issues.slice(0, 1).map((inner) => sentenceOf(inner))].join('：');
    default:
      return '不合要求';
  }
}

function oneOf(values: readonly unknown[]): string {
  return `必须是 ${values.map((one) => String(one)).join('、')}${values.length > 1 ? ' 之一' : ''}`;
}

function atLeast({ origin, minimum, inclusive, exact }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string') return exact ? `必须正好 ${minimum} 个字符` : Number(minimum) === 1 ? '不能为空' : `至少 ${minimum} 个字符`;
  if (origin === 'array') return exact ? `必须正好 ${minimum} 项` : `至少 ${minimum} 项`;
  return inclusive ? `不得小于 ${minimum}` : `必须大于 ${minimum}`;
}

function atMost({ origin, maximum, inclusive, exact }: z.core.$ZodIssueTooBig): string {
  if (origin === 'string') return exact ? `必须正好 ${maximum} 个字符` : `最多 ${maximum} 个字符`;
  if (origin === 'array') return exact ? `必须正好 ${maximum} 项` : `最多 ${maximum} 项`;
  return inclusive ? `不得大于 ${maximum}` : `必须小于 ${maximum}`;
}
