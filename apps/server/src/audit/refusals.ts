import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MINUTE_MS } from '@muckwatch/domain';
import type { NextFunction, Response } from 'express';
import { AuthService } from '../auth/auth.service.js';
import { tokenOf } from '../auth/token.js';
import type { ViewedRequest } from '../auth/viewer.js';
import { Chore } from '../chore.js';
import type { Act } from './audit-chain.js';
import { detailOf } from './audit-detail.js';
import { Audit, THE_SERVER } from './audit.service.js';
import { actionOf, actorOf, targetOf } from './who-what.js';

/** Different refusals a minute that get a row of their own. */
const MOST_KINDS = 500;

/**
 * What was refused before it reached its endpoint, and guessing at the log-in. Anybody can be refused as often as they like: the same refusal again within a minute is
 * counted, and the count is one row at the minute's end.
 */
@Injectable()
export class Refusals implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #chore = new Chore('Refusals', MINUTE_MS, () => this.fold());
  readonly #taken = new WeakSet<object>();
  #counts = new Map<string, { act: Act; again: number }>();
  #more = 0;

  constructor(
    private readonly audit: Audit,
    private readonly auth: AuthService,
  ) {}

  onApplicationBootstrap(): void {
    this.#chore.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#chore.stop();
    await this.fold();
  }

  /** Stands before everything that may refuse. Nothing was changed, so the answer waits for no row. */
  readonly watch = (request: ViewedRequest, response: Response, next: NextFunction): void => {
    response.once('finish', () => {
      const { statusCode: status } = response;
      // Without a token it is only somebody who has not signed in yet.
      const refused = status === 403 || (status === 401 && tokenOf(request.headers) !== null);
      if (!refused || this.#taken.has(request)) return;
      void this.#refused(request, status);
    });
    next();
  };

  async #refused(request: ViewedRequest, status: number): Promise<void> {
    // Who may not do this is still somebody; the guard has just asked, so this is answered from memory.
    const token = status === 403 ? tokenOf(request.headers)?.token : undefined;
    const viewer = token ? await this.auth.sessionOf(token).catch(() => null) : null;
    await this.add({ ...actorOf(request, viewer), action: actionOf(request), target: targetOf(request, null), status, detail: null });
  }

  /** The interceptor records this one. */
  take(request: object): void {
    this.#taken.add(request);
  }

  add(act: Act): Promise<void> {
    const key = [act.address, act.username, act.action, act.status].join('\n');
    const known = this.#counts.get(key);
    if (known) known.again++;
    else if (this.#counts.size >= MOST_KINDS) this.#more++;
    else {
      this.#counts.set(key, { act, again: 0 });
      return this.audit.add(act);
    }
    return Promise.resolve();
  }

  /** Ends the minute. */
  async fold(): Promise<void> {
    const [counts, more] = [this.#counts, this.#more];
    this.#counts = new Map();
    this.#more = 0;
    for (const { act, again } of counts.values()) if (again > 0) await this.audit.add({ ...act, detail: detailOf({ again }) });
    if (more > 0) await this.audit.add({ ...THE_SERVER, action: 'refused', target: null, status: null, detail: detailOf({ more }) });
  }
}
