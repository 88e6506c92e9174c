import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  type PipeTransform,
  Injectable,
  type ArgumentMetadata,
} from '@nestjs/common';
import type { Problem } from '@muckwatch/contract';
import type { Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { isOutage } from './db/outage.js';

export interface Fault {
  /** `name`, `hours.0.from`, `row 3: plate`. */
  path: string;
  message: string;
}

/** A request that asks for the impossible, fault by fault. */
export class Faults extends BadRequestException {
  constructor(
    readonly errors: Fault[],
    detail?: string,
  ) {
    super(detail ?? errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; '));
  }
}

/** PostgreSQL's word for a text that is no UTF-8 or contains U+0000. */
const TEXT_REFUSED = '22021';

/** Longest piece of a refused value that is said back. */
const SHOWN = 80;
const HIDDEN = new Set(['secret', 'password', 'current', 'next', 'token', 'code']);

/** A schema's issues as faults that name the field and the value; an unknown field is a fault of its own. */
export function faultsOf(error: z.core.$ZodError, value: unknown): Fault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a field that we know' }));
    return [{ path: issue.path.join('.'), message: `${issue.message}${shown(issue.path, value)}` }];
  });
}

function shown(path: PropertyKey[], value: unknown): string {
  if (path.some((step) => HIDDEN.has(String(step)))) return '';
  let at: unknown = value;
  for (const step of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[step];
  if (at === undefined) return path.length > 0 ? ' (absent)' : '';
  if (typeof at === 'object' && at !== null) return '';
  return `, not ${quoted(at)}`;
}

export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Nest's place for a schema at a parameter, with faults that name field and value. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!schema || type === 'custom') return value;
    if (type === 'body' && value === undefined) throw new Faults([{ path: '', message: 'A body is expected, with Content-Type: application/json.' }]);
    const result = (schema as unknown as z.ZodType).safeParse(value);
    if (result.success) return result.data;
    throw new Faults(faultsOf(result.error, value));
  }
}

/** Every error leaves as RFC 9457 problem+json. What is ours to answer for is logged whole and told in general words only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') return this.#logger.error(error);
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.#logger.error(error);
    if (response.headersSent) return void response.end();
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (problem.status === 503) response.setHeader('Retry-After', '5');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** An error as it is told. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Faults) return { ...problem(400, error.message), errors: error.errors };
  // Some say what they are in a word that pages go by.
  if (error instanceof HttpException) return { ...problem(error.getStatus(), error.message), ...('type' in error ? { type: String(error.type) } : {}) };
  if (isOutage(error)) return problem(503, 'The database cannot be reached at the moment.');
  if ((error as { code?: unknown } | null)?.code === TEXT_REFUSED)
    return problem(400, 'A text contains U+0000 or half a surrogate pair, which nothing stored can match.');
  // What Express and its parsers throw says itself whether it may be shown.
  const { status, expose, message } = error as { status?: unknown; expose?: unknown; message?: string };
  if (typeof status === 'number' && status >= 400 && status < 500 && expose === true) return problem(status, message);
  return problem(500, 'Something failed here; the log says what.');
}

function problem(status: number, detail?: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, ...(detail ? { detail } : {}) };
}
