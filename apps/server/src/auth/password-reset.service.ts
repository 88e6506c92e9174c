import { Injectable } from '@nestjs/common';
import type { ResetLink } from '@muckwatch/contract';
import { Config } from '../config.js';
import { AuthService } from './auth.service.js';
import { hashPassword } from './passwords.js';
import { PasswordResetStore } from './password-reset.store.js';
import { makeToken, sha256 } from './token.js';
import type { Viewer } from './viewer.js';
import { Refusal } from '../refusal.js';

/** A new password by a link that an admin hands over. The link is the right to it: good once, for a day, stored as a hash only. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly store: PasswordResetStore,
    private readonly auth: AuthService,
    private readonly config: Config,
  ) {}

  /** The newest link of an account is the only one that is good. */
  async link(admin: Viewer, accountId: string): Promise<ResetLink> {
    const token = makeToken();
    const expiresAt = await this.store.make(accountId, sha256(token), admin.username);
    if (!expiresAt) throw new Refusal(404, { en: `There is no account ${accountId} in use.`, zh: `没有编号为 ${accountId} 的在用账号。` });
    return { url: `${this.config.publicUrl.replace(/\/$/, '')}/#/reset/${token}`, expiresAt: expiresAt.toISOString() };
  }

  /** Ends every session of the account. */
  async reset(token: string, next: string): Promise<void> {
    const refused = new Refusal(400, {
      en: 'This link is not good, or not any more; ask an admin for a new one.',
      zh: '这个链接无效或已失效，请向管理员要一个新的。',
    });
    // Asked first, so that nobody makes us hash passwords for links that there are not.
    if (!(await this.store.isGood(sha256(token)))) throw refused;
    const accountId = await this.store.use(sha256(token), await hashPassword(next));
    if (accountId === null) throw refused;
    await this.auth.endSessions(accountId);
  }
}
