import type { Sentence } from '@muckwatch/domain';
import type { z } from 'zod';
import { cited, type Fault, quoted } from './refusal.js';

const HIDDEN = new Set(['secret', 'password', 'current', 'next', 'token', 'code']);

/** A schema's issues as faults that name the field and the value; an unknown field is a fault of its own. */
export function faultsOf(error: z.core.$ZodError, value: unknown): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: { en: 'is not a field that we know', zh: '没有这个字段' } }));
    }
    return [{ path: issue.path.join('.'), message: { en: english(issue, value), zh: chinese(issue, value) } }];
  });
}

/** As zod says it, but for what is of another type or not there at all: its words for that are a programmer's. */
function english(issue: z.core.$ZodIssue, value: unknown): string {
  const at = valueAt(issue.path, value);
  const said = issue.code === 'invalid_type' ? `must be ${TYPES[issue.expected]?.en ?? issue.expected}` : issue.message;
  if (at === undefined || at === null) return issue.code === 'custom' || issue.path.length === 0 ? said : `is missing, ${said}`;
  return isHidden(issue.path) || typeof at === 'object' ? said : `${said}, not ${quoted(at)}`;
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

const LIST: Sentence = { en: 'a list […]', zh: '列表 […]' };
const OBJECT: Sentence = { en: 'an object {…}', zh: '对象 {…}' };
const TYPES: Record<string, Sentence> = {
  string: { en: 'text', zh: '文字' },
  number: { en: 'a number', zh: '数字' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: ' true 或 false' },
  array: LIST,
  tuple: LIST,
  object: OBJECT,
  record: OBJECT,
  date: { en: 'a date', zh: '日期' },
  null: { en: 'null', zh: ' null' },
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
      return `必须是${TYPES[issue.expected]?.zh ?? ` ${issue.expected}`}`;
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
