import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { catchError, concatMap, from, type Observable } from 'rxjs';
import { UNRECORDED } from '../api.js';
import { AuthService } from '../auth/auth.service.js';
import { tokenOf } from '../auth/token.js';
import type { ViewedRequest, Viewer } from '../auth/viewer.js';
import { problemOf } from '../problem.js';
import { Refusal } from '../refusal.js';
import type { Act } from './audit-chain.js';
import { bodyOf, detailOf } from './audit-detail.js';
import { Audit } from './audit.service.js';
import { Refusals } from './refusals.js';
import { actionOf, actorOf, isLogin, targetOf } from './who-what.js';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Reading that takes away what can be handed on: exports, papers, evidence packs, reports, and the brokers' files. */
export const TAKES_AWAY = /^\/api\/v1\/(?:exports|brokers)\/|\/reports\/weekly$|\/(?:paper|pack)$/;

/** A row for each change, export and log-in, committed before the answer goes out, whether it succeeds or fails. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly audit: Audit,
    private readonly refusals: Refusals,
    private readonly auth: AuthService,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<ViewedRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    if (!this.#isRecorded(context, request)) return next.handle();
    // What cannot be recorded must not happen.
    if (!this.audit.writable)
      throw new Refusal(503, {
        en: 'The audit cannot be written at the moment, so nothing may be changed.',
        zh: '审计记录暂时无法写入，因此现在不能更改任何内容。',
      });
    this.refusals.take(request);
    return from(this.#viewerOf(request)).pipe(
      concatMap((viewer) =>
        next.handle().pipe(
          concatMap(async (answer: unknown) => {
            await this.audit.add(await this.#succeeded(request, response.statusCode, viewer, answer));
            return answer;
          }),
          catchError(async (error: unknown) => {
            await this.#failed(request, viewer, error);
            throw error;
          }),
        ),
      ),
    );
  }

  #isRecorded(context: ExecutionContext, request: ViewedRequest): boolean {
    if (this.reflector.get<boolean | undefined>(UNRECORDED, context.getHandler())) return false;
    if (CHANGES.has(request.method)) return true;
    return request.method === 'GET' && TAKES_AWAY.test((request.route as { path: string }).path);
  }

  /** The guard asks nobody at a public endpoint; a log-out is somebody's all the same. */
  async #viewerOf(request: ViewedRequest): Promise<Viewer | null> {
    if (request.viewer) return request.viewer;
    const token = isLogin(request) ? null : tokenOf(request.headers)?.token;
    return token ? this.auth.sessionOf(token).catch(() => null) : null;
  }

  async #succeeded(request: ViewedRequest, status: number, viewer: Viewer | null, answer: unknown): Promise<Act> {
    const token = isLogin(request) ? (answer as { token?: unknown } | null)?.token : undefined;
    const who = typeof token === 'string' ? await this.auth.sessionOf(token).catch(() => null) : viewer;
    return { ...actorOf(request, who), action: actionOf(request), target: targetOf(request, answer), status, detail: detailOf(said(request, who)) };
  }

  #failed(request: ViewedRequest, viewer: Viewer | null, error: unknown): Promise<void> {
    const { status, detail: why } = problemOf(error);
    const detail = detailOf({ ...said(request, viewer), why });
    const act = { ...actorOf(request, viewer), action: actionOf(request), target: targetOf(request, null), status, detail };
    const isRefusal = status === 401 || status === 403 || status === 429;
    return isRefusal ? this.refusals.add(act) : this.audit.add(act);
  }
}

function said({ body, query, taken }: ViewedRequest, viewer: Viewer | null): Record<string, unknown> {
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  // By its id, which opens nothing.
  const program = viewer?.apiToken?.id;
  return { program, body: isEmpty(body) ? undefined : bodyOf(body), query: isEmpty(query) ? undefined : query, taken };
}
