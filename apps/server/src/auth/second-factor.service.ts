import { Injectable } from '@nestjs/common';
import type { SecondFactorOffer } from '@muckwatch/contract';
import { AccountStore } from './account.store.js';
import { Attempts } from './attempts.js';
import { verifyPassword } from './passwords.js';
import { makeTotpSecret, totpStep, totpUri } from './totp.js';
import type { Viewer } from './viewer.js';
import { noSuch, Refusal } from '../refusal.js';

/** A code of an authenticator beside the password, for those who want it. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly accounts: AccountStore,
    private readonly attempts: Attempts,
  ) {}

  /** A secret that is in force once a code of it has been given. */
  async offer({ accountId, username }: Viewer): Promise<SecondFactorOffer> {
    const secret = makeTotpSecret();
    if (!(await this.accounts.offerTotp(accountId, secret)))
      throw new Refusal(409, { en: 'There is a second factor already; remove it first.', zh: '已经启用两步验证，请先停用。' });
    return { secret, uri: totpUri(secret, username) };
  }

  async confirm({ accountId, username }: Viewer, code: string, address: string): Promise<void> {
    const offered = await this.accounts.offeredTotp(accountId);
    if (offered === null) throw new Refusal(409, { en: 'No second factor is offered; ask for one first.', zh: '还没有生成两步验证的密钥，请先启用两步验证。' });
    this.attempts.take(username, address);
    const step = totpStep(offered, code, Date.now());
    if (step === null) throw new Refusal(400, { en: 'The code is wrong; is the clock of the phone right?', zh: '验证码不对；手机的时间准吗？' });
    this.attempts.succeeded(username, address);
    await this.accounts.confirmTotp(accountId, offered, step);
  }

  /** One's own, by password. */
  async remove({ accountId, username }: Viewer, password: string, address: string): Promise<void> {
    this.attempts.take(username, address);
    const known = await this.accounts.byUsername(username);
    if (!(await verifyPassword(known?.passwordHash ?? null, password))) throw new Refusal(400, { en: 'The password is wrong.', zh: '密码不对。' });
    this.attempts.succeeded(username, address);
    await this.accounts.removeTotp(accountId);
  }

  /** By an admin, for somebody who has lost the phone. */
  async removeOf(accountId: string): Promise<void> {
    if (!(await this.accounts.removeTotp(accountId))) throw noSuch('account', accountId);
  }

  /** Whether the code is right and new: each is good once. */
  async accepts(accountId: string, secret: string, code: string): Promise<boolean> {
    const step = totpStep(secret, code, Date.now());
    return step !== null && this.accounts.takeTotpStep(accountId, step);
  }
}
