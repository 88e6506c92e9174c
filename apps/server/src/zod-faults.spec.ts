import * as contract from '@muckwatch/contract';
import { z } from 'zod';
import { faultsOf } from './zod-faults.js';

const { matching, saying } = contract;
const zh = (schema: z.ZodType, value: unknown) => faultsOf(schema.safeParse(value).error!, value).map(({ path, message }) => `${path}：${message.zh}`);
const en = (schema: z.ZodType, value: unknown) => faultsOf(schema.safeParse(value).error!, value).map(({ path, message }) => `${path} ${message.en}`);

describe('what a schema refuses', () => {
  const thing = z.strictObject({
    name: z.string().min(1).max(4),
    kind: z.enum(['site', 'yard']),
    limitKmh: z.number().min(0).max(150).nullish(),
    secret: z.string().min(16).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    clock: z
      .string()
      .check(matching(/^\d\d:\d\d$/, 'must be HH:MM', '必须是 HH:MM 的时刻'))
      .optional(),
  });

  it('names field and value in Chinese', () => {
    expect(zh(thing, { kind: 'lot', limitKmh: -3 })).toEqual([
      'name：不能为空，必须是文字',
      'kind：必须是 site、yard 之一，而不是“lot”',
      'limitKmh：不得小于 0，而不是 -3',
    ]);
    expect(zh(thing, { name: '', kind: null, limitKmh: 'x', plate: 1 })).toEqual([
      'name：不能为空',
      'kind：不能为空，必须是 site、yard 之一',
      'limitKmh：必须是数字，而不是“x”',
      'plate：没有这个字段',
    ]);
    expect(zh(thing, { name: '太长的名字', kind: 'yard', at: 'now', clock: '7 点' })).toEqual([
      'name：最多 4 个字符，而不是“太长的名字”',
      'at：必须是 RFC 3339 时间，如 2026-11-23T13:04:10.000Z，而不是“now”',
      'clock：必须是 HH:MM 的时刻，而不是“7 点”',
    ]);
    expect(zh(thing, [])).toEqual(['：必须是对象 {…}']);
  });

  it('names them in English', () => {
    expect(en(thing, { kind: 'lot', limitKmh: -3, clock: '7', plate: 1 })).toEqual([
      'name is missing, must be text',
      'kind Invalid option: expected one of "site"|"yard", not "lot"',
      'limitKmh Too small: expected number to be >=0, not -3',
      'clock must be HH:MM, not "7"',
      'plate is not a field that we know',
    ]);
  });

  it('never says back a secret', () => {
    expect(zh(thing, { name: 'a', kind: 'site', secret: 'short' })).toEqual(['secret：至少 16 个字符']);
  });

  it('says what a rule over several fields says of itself', () => {
    const both = z
      .object({ from: z.number(), to: z.number() })
      .refine(({ from, to }) => from < to, { path: ['to'], ...saying('must be after from', '必须晚于 from') });
    expect(zh(both, { from: 2, to: 1 })).toEqual(['to：必须晚于 from，而不是 1']);
    expect(en(both, { from: 2, to: 1 })).toEqual(['to must be after from, not 1']);
  });
});

/** Whatever a field is, most of these are not. */
const BAD: unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'x\u0001y',
  'ä'.repeat(3_000),
  -1,
  1.5,
  1e12,
  NaN,
  true,
  [],
  {},
  ['x y'],
  [[]],
  [1, 2],
  { type: 'Nowhere' },
  { a: 'b c' },
];

const fed = new WeakSet<z.ZodType>();

/** A bad value instead of the whole, in every field, and in every field of a field. */
function badValuesOf(schema: z.ZodType): unknown[] {
  // What is part of several is fed once.
  if (fed.has(schema)) return [];
  fed.add(schema);
  const shape = shapeOf(schema);
  if (!shape) return BAD;
  return [...BAD, ...BAD.map((bad) => Object.fromEntries(Object.keys(shape).map((name) => [name, bad]))), { unknownField: 1 }, ...nested(shape)];
}

function nested(shape: Record<string, z.ZodType>): unknown[] {
  return Object.entries(shape).flatMap(([name, inner]) => {
    const own = inner instanceof z.ZodObject || inner instanceof z.ZodArray || inner instanceof z.ZodDiscriminatedUnion ? inner : null;
    if (own instanceof z.ZodArray) return BAD.map((bad) => ({ [name]: [bad] }));
    return own ? badValuesOf(own).map((bad) => ({ [name]: bad })) : [];
  });
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> | null {
  return schema instanceof z.ZodObject ? schema.shape : null;
}

/** Two Latin words in a row are a sentence; names of fields, codes, examples and what was sent are none. */
const SENTENCE = /[A-Za-z]{2,},? [A-Za-z]{2,}/;
const NAMES = /RFC 3339|ISO 8601|true 或 false|SHA-256/g;
const told = (message: string) => message.replace(/，而不是.*$/s, '').replace(NAMES, '');

const schemas = Object.entries(contract as Record<string, unknown>).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType);

it('is said in Chinese by every schema of the contract', () => {
  const said = new Map<string, string>();
  for (const [name, schema] of schemas) {
    for (const value of badValuesOf(schema)) {
      const result = schema.safeParse(value);
      if (!result.success) for (const { path, message } of faultsOf(result.error, value)) said.set(told(message.zh), `${name}.${path}: ${message.zh}`);
    }
  }
  const those = (which: (sentence: string) => boolean) => [...said].filter(([sentence]) => which(sentence)).map(([, where]) => where);
  expect(those((sentence) => SENTENCE.test(sentence) || !/\p{Script=Han}/u.test(sentence))).toEqual([]);
  expect(those((sentence) => /\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}|undefined/u.test(sentence))).toEqual([]);
  // The general words, for what has none of its own.
  expect(those((sentence) => /^(?:不能为空，)?(?:不合要求|必须是规定的格式)/.test(sentence))).toEqual([]);
  expect(schemas.length).toBeGreaterThan(100);
  expect(said.size).toBeGreaterThan(80);
});
