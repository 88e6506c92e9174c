import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { account, type Account, accountBody, type AccountBody, accountChange, type AccountChange, id, pageOf, pageQuery } from '@muckwatch/contract';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { Roles } from './auth.guard.js';
import { AuthService } from './auth.service.js';

const accountPage = pageOf(account).meta({ id: 'AccountPage' });

@Controller('accounts')
@Roles('admin')
export class AccountsController {
  constructor(private readonly auth: AuthService) {}

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
  @Answers(account, 'Changed. Another role, a new password and being disabled end its sessions')
  change(@Param('id', { schema: id }) accountId: string, @Body({ schema: accountChange }) body: AccountChange): Promise<Account> {
    return this.auth.change(accountId, body);
  }

  @Delete(':id')
  @Answers(null, 'Disabled; its sessions are over. What it did stays under its name')
  async disable(@Param('id', { schema: id }) accountId: string): Promise<void> {
    await this.auth.change(accountId, { disabled: true });
  }
}
