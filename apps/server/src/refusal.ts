import { HttpException } from '@nestjs/common';
import type { Sentence } from '@muckwatch/domain';
import { type Kind, KINDS } from './kinds.js';

/** Somebody asks for the impossible: told in the reader's language; logged and stored, as every error, in English. */
export class Refusal extends HttpException {
  constructor(
    status: number,
    readonly said: Sentence,
    /** Which kind of no, in a word that pages go by. */
    readonly type: string | null = null,
  ) {
    super(said.en, status);
  }
}

export interface Fault {
  /** `name`, `hours.0.from`, `row 3: plate`. */
  path: string;
  message: Sentence;
}

/** A request that asks for the impossible, fault by fault. */
export class Faults extends Refusal {
  constructor(
    readonly errors: Fault[],
    detail?: Sentence,
  ) {
    super(400, detail ?? { en: errors.map(english).join('; '), zh: errors.map(chinese).join('；') });
  }
}

const english = ({ path, message }: Fault): string => (path ? `${path} ${message.en}` : message.en);
const chinese = ({ path, message }: Fault): string => (path ? `${path.replace(/^row (\d+):? ?/, '第 $1 行 ').trimEnd()}：${message.zh}` : message.zh);

export const faulty = (path: string, message: Sentence) => new Faults([{ path, message }]);

export const noSuch = (kind: Kind, id: string) => new Refusal(404, { en: `There is no ${kind} ${id}.`, zh: `没有编号为 ${id} 的${KINDS[kind]}。` });

/** Longest piece of a refused value that is said back. */
const SHOWN = 80;

/** A value as JSON writes it. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** The same in a Chinese sentence: a text between its marks, anything else behind a space. */
export function cited(value: unknown): string {
  if (typeof value !== 'string') return ` ${quoted(value)}`;
  const text = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”`;
}
