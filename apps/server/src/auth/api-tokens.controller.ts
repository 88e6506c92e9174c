import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ApiToken, apiToken, apiTokenBody, type ApiTokenBody, apiTokenPage, id, pageQuery } from '@muckwatch/contract';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { ApiTokenStore } from './api-token.store.js';
import { PeopleOnly, Roles } from './auth.guard.js';
import { AuthService } from './auth.service.js';
import { makeApiToken, sha256 } from './token.js';
import { CurrentViewer, type Viewer } from './viewer.js';
import { cited, noSuch, Refusal } from '../refusal.js';

const tokenQuery = pageQuery.extend({ cursor: id.optional().meta({ description: 'nextCursor of the page before' }) });

/** Bearer tokens for programs: each does what its account may, for reading only unless it is said otherwise. */
@ApiTags('accounts')
@Controller('api-tokens')
@Roles('admin')
@PeopleOnly()
export class ApiTokensController {
  constructor(
    private readonly store: ApiTokenStore,
    private readonly auth: AuthService,
  ) {}

  @Get()
  @Answers(apiTokenPage, 'By id, ended ones too; never the tokens themselves')
  async list(@Query({ schema: tokenQuery }) { cursor, limit }: z.output<typeof tokenQuery>): Promise<z.infer<typeof apiTokenPage>> {
    const items = await this.store.list(cursor, limit);
    return { items, nextCursor: items.length === limit ? items.at(-1)!.id : null };
  }

  @Post()
  @Answers(apiToken, 'Made. The token is shown this once', 201)
  async make(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: apiTokenBody }) { name, accountId, readOnly, expiresAt = null }: ApiTokenBody,
  ): Promise<ApiToken> {
    if (expiresAt !== null && Date.parse(expiresAt) <= Date.now())
      throw new Refusal(400, { en: `expiresAt ${expiresAt} has gone by.`, zh: `expiresAt ${expiresAt} 已经过去，请选以后的时间。` });
    const token = makeApiToken();
    const made = { id: randomBytes(8).toString('hex'), name, accountId, readOnly, createdBy: viewer.username, expiresAt, tokenSha256: sha256(token) };
    const kept = await this.store.make(made);
    if (!kept)
      throw new Refusal(400, { en: `accountId ${JSON.stringify(accountId)} is no account in use.`, zh: `accountId${cited(accountId)}不是在用的账号。` });
    return { ...kept, token };
  }

  @Delete(':id')
  @Answers(null, 'Ended; its sockets are closed')
  async end(@Param('id', { schema: id }) which: string): Promise<void> {
    const ended = await this.store.end(which);
    if (!ended) throw noSuch('API token', which);
    this.auth.revoke({ accountId: ended.accountId, sessionId: ended.tokenSha256 });
  }
}
