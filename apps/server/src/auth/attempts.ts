import { Injectable } from '@nestjs/common';
import { Refusal } from '../refusal.js';
import { LoginThrottle } from './throttle.js';

/** Too many failed log-ins; the answer bears Retry-After. */
export class TooManyAttempts extends Refusal {
  constructor(readonly retryAfterS: number) {
    super(429, { en: `Too many failed log-ins; try again in ${retryAfterS} s.`, zh: `登录失败次数太多，请 ${retryAfterS} s 后再试。` });
  }
}

/** Everything that asks for a password or a code counts as an attempt to sign in. */
@Injectable()
export class Attempts {
  readonly #throttle = new LoginThrottle();

  /** @throws TooManyAttempts */
  take(username: string, address: string): void {
    const waitMs = this.#throttle.attempt(username, address, Date.now());
    if (waitMs > 0) throw new TooManyAttempts(Math.ceil(waitMs / 1_000));
  }

  succeeded(username: string, address: string): void {
    this.#throttle.succeeded(username, address);
  }

  /** Neither failed nor succeeded: the password was right and the code is not known yet. Forgets no failure, or whoever has the password could guess on. */
  undecided(username: string, address: string): void {
    this.#throttle.undecided(username, address);
  }
}
