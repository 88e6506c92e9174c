import { type ArgumentMetadata, type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger, type PipeTransform } from '@nestjs/common';
import type { Problem } from '@muckwatch/contract';
import type { Sentence } from '@muckwatch/domain';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { isOutage } from './db/outage.js';
import { type Language, LANGUAGE_TAGS, languageOf, toldIn } from './language.js';
import { Faults, faulty, Refusal } from './refusal.js';
import { faultsOf } from './zod-faults.js';

/** PostgreSQL's word for a text that is no UTF-8 or contains U+0000. */
const TEXT_REFUSED = '22021';

/** Nest's place for a schema at a parameter, with faults that name field and value. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!schema || type === 'custom') return value;
    if (type === 'body' && value === undefined) {
      const message = { en: 'A body is expected, with Content-Type: application/json.', zh: '请求必须有内容，Content-Type 为 application/json。' };
      throw faulty('', message);
    }
    const result = (schema as unknown as z.ZodType).safeParse(value);
    if (result.success) return result.data;
    throw new Faults(faultsOf(result.error, value));
  }
}

/** Every error leaves as RFC 9457 problem+json, in the reader's language. What is ours to answer for is logged whole and told in general words only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') return this.#logger.error(error);
    const response = host.switchToHttp().getResponse<Response>();
    const language = languageOf(host.switchToHttp().getRequest<Request>());
    const problem = problemOf(error, language);
    if (problem.status >= 500) this.#logger.error(error);
    if (response.headersSent) return void response.end();
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (problem.status === 503) response.setHeader('Retry-After', '5');
    response.vary('Accept-Language').setHeader('Content-Language', LANGUAGE_TAGS[language]);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** An error as it is told: in English to everything that keeps it. */
export function problemOf(error: unknown, language: Language = 'en'): Problem {
  const problem = (status: number, said: Sentence, type: string | null = null): Problem => ({
    type: type ?? 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(said[language] ? { detail: said[language] } : {}),
  });
  if (error instanceof Faults) return { ...problem(400, error.said), errors: toldIn(language, error.errors) };
  if (error instanceof Refusal) return problem(error.getStatus(), error.said, error.type);
  if (error instanceof HttpException) return problem(error.getStatus(), { en: error.message, zh: general(error.getStatus()) });
  if (isOutage(error)) return problem(503, { en: 'The database cannot be reached at the moment.', zh: '暂时连接不上数据库。' });
  if ((error as { code?: unknown } | null)?.code === TEXT_REFUSED) {
    return problem(400, {
      en: 'A text contains U+0000 or half a surrogate pair, which nothing stored can match.',
      zh: '有一段文字含有 U+0000 或半个字符，不可能有与它相符的内容。',
    });
  }
  // What Express and its parsers throw says itself whether it may be shown.
  const { status, expose, message } = error as { status?: unknown; expose?: unknown; message?: string };
  if (typeof status === 'number' && status >= 400 && status < 500 && expose === true) return problem(status, { en: message ?? '', zh: general(status) });
  return problem(500, { en: 'Something failed here; the log says what.', zh: '服务器出了错，日志中有原因。' });
}

/** Of what Nest and Express refuse by themselves, and say in English only. */
function general(status: number): string {
  if (status === 400) return '请求写错了：内容不是合法的 JSON，或地址的编码不对。';
  if (status === 404) return '没有这个地址。';
  if (status === 413) return '请求内容太大。';
  if (status === 415) return '这里不接受这种内容或编码。';
  return `请求被拒绝（${status}）。`;
}
