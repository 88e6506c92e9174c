import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  account,
  type Account,
  accountBody,
  type AccountBody,
  accountChange,
  type AccountChange,
  id,
  pageOf,
  pageQuery,
  resetLink,
  type ResetLink,
  sessionList,
  type SessionList,
} from '@muckwatch/contract';
import type { Response } from 'express';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { PeopleOnly, Roles } from './auth.guard.js';
import { AuthService } from './auth.service.js';
import { PasswordResets } from './password-reset.service.js';
import { SecondFactors } from './second-factor.service.js';
import { CurrentViewer, type Viewer } from './viewer.js';

const accountPage = pageOf(account).meta({ id: 'AccountPage' });

@Controller('accounts')
@Roles('admin')
export class AccountsController {
  constructor(
    private readonly auth: AuthService,
    private readonly secondFactors: SecondFactors,
    private readonly resets: PasswordResets,
  ) {}

  @Get()
  @Answers(accountPage)
  async list(@Query({ schema: pageQuery }) { cursor, limit }: z.output<typeof pageQuery>): Promise<z.infer<typeof accountPage>> {
    const items = await this.auth.list(cursor, limit);
    return { items, nextCursor: items.length === limit ? items.at(-1)!.username : null };
  }

  @Post()
  @Answers(account, 'Made', 201)
  create(@Body({ schema: accountBody }) body: AccountBody): Promise<Account> {
    return this.auth.create(body);
  }

  @Patch(':id')
  @Answers(account, 'Changed. Another role, a new password and being disabled end its sessions; whoever decides alerts no more has no incident in hand')
  change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: id }) accountId: string,
    @Body({ schema: accountChange }) body: AccountChange,
  ): Promise<Account> {
    return this.auth.change(viewer, accountId, body);
  }

  @Delete(':id')
  @Answers(null, 'Disabled; its sessions are over, and the incidents that it had in hand are nobody’s again. What it did stays under its name')
  async disable(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) accountId: string): Promise<void> {
    await this.auth.change(viewer, accountId, { disabled: true });
  }

  @Post(':id/reset-link')
  @PeopleOnly()
  @Answers(resetLink, 'A link to hand over: it sets a new password, once, within a day', 201)
  resetLink(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: id }) accountId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResetLink> {
    response.setHeader('Cache-Control', 'no-store');
    return this.resets.link(viewer, accountId);
  }

  @Delete(':id/second-factor')
  @PeopleOnly()
  @Answers(null, 'Removed: the password alone signs in')
  removeSecondFactor(@Param('id', { schema: id }) accountId: string): Promise<void> {
    return this.secondFactors.removeOf(accountId);
  }

  @Get(':id/sessions')
  @Answers(sessionList, 'The one used last first')
  async sessions(@CurrentViewer() viewer: Viewer, @Param('id', { schema: id }) accountId: string): Promise<SessionList> {
    await this.auth.mustExist(accountId);
    return { items: await this.auth.sessionsOf(accountId, viewer) };
  }

  @Delete(':id/sessions')
  @Answers(null, 'All of them are over')
  async endSessions(@Param('id', { schema: id }) accountId: string): Promise<void> {
    await this.auth.mustExist(accountId);
    await this.auth.endSessions(accountId);
  }
}
