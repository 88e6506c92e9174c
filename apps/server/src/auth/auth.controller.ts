import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import {
  account,
  type Account,
  loginAnswer,
  loginBody,
  matching,
  passwordBody,
  resetBody,
  secondFactorBody,
  secondFactorEnd,
  secondFactorOffer,
  type SecondFactorOffer,
  sessionList,
  type SessionList,
} from '@muckwatch/contract';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { Answers } from '../api.js';
import { Config } from '../config.js';
import { TooManyAttempts } from './attempts.js';
import { PeopleOnly, Public, Roles } from './auth.guard.js';
import { ANYONE } from './roles.js';
import { AuthService } from './auth.service.js';
import { PasswordResets } from './password-reset.service.js';
import { SecondFactors } from './second-factor.service.js';
import { COOKIE, tokenOf } from './token.js';
import { CurrentViewer, type Viewer } from './viewer.js';

/** The longest a session lives; the server ends it sooner when it is not used. */
const COOKIE_MS = 7 * 86_400_000;

const sessionId = z.string().check(matching(/^[0-9a-f]{64}$/, 'must be the id of a session', '必须是登录会话的编号'));

@Controller('auth')
export class AuthController {
  readonly #cookie: CookieOptions;

  constructor(
    private readonly auth: AuthService,
    private readonly secondFactors: SecondFactors,
    private readonly resets: PasswordResets,
    config: Config,
  ) {
    this.#cookie = { httpOnly: true, sameSite: 'strict', secure: config.publicUrl.startsWith('https:'), path: '/' };
  }

  @Post('login')
  @Public()
  @Answers(loginAnswer, 'The bearer token; the same session also as the cookie `muckwatch`')
  async login(
    @Body({ schema: loginBody }) body: z.infer<typeof loginBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof loginAnswer>> {
    const token = await sayingWhenToRetry(response, () =>
      this.auth.login(body.username, body.password, request.ip ?? '', request.headers['user-agent'] ?? null, body.code ?? null),
    );
    response.cookie(COOKIE, token, { ...this.#cookie, maxAge: COOKIE_MS });
    response.setHeader('Cache-Control', 'no-store');
    return { token };
  }

  @Post('logout')
  @Public()
  @Answers(null, 'The session is over (or was already)')
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const said = tokenOf(request.headers);
    if (said) await this.auth.logout(said.token);
    response.clearCookie(COOKIE, this.#cookie);
  }

  @Roles(...ANYONE)
  @Get('me')
  @Answers(account, 'The account that is signed in')
  me(@CurrentViewer() viewer: Viewer): Promise<Account> {
    return this.auth.me(viewer);
  }

  @Roles(...ANYONE)
  @PeopleOnly()
  @Post('password')
  @Answers(null, 'Changed; every other session of the account is over')
  async password(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: passwordBody }) body: z.infer<typeof passwordBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await sayingWhenToRetry(response, () => this.auth.changePassword(viewer, body.current, body.next, request.ip ?? ''));
  }

  @Roles(...ANYONE)
  @PeopleOnly()
  @Post('second-factor')
  @Answers(secondFactorOffer, 'A secret for an authenticator, shown this once; in force when a code of it is confirmed', 201)
  offerSecondFactor(@CurrentViewer() viewer: Viewer, @Res({ passthrough: true }) response: Response): Promise<SecondFactorOffer> {
    response.setHeader('Cache-Control', 'no-store');
    return this.secondFactors.offer(viewer);
  }

  @Roles(...ANYONE)
  @PeopleOnly()
  @Post('second-factor/confirm')
  @Answers(null, 'In force from the next log-in on')
  async confirmSecondFactor(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: secondFactorBody }) { code }: z.infer<typeof secondFactorBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await sayingWhenToRetry(response, () => this.secondFactors.confirm(viewer, code, request.ip ?? ''));
  }

  @Roles(...ANYONE)
  @PeopleOnly()
  @Delete('second-factor')
  @Answers(null, 'Removed: the password alone signs in')
  async removeSecondFactor(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: secondFactorEnd }) { password }: z.infer<typeof secondFactorEnd>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await sayingWhenToRetry(response, () => this.secondFactors.remove(viewer, password, request.ip ?? ''));
  }

  @Public()
  @Post('reset')
  @Answers(null, 'The password is set and every session of the account is over. The link is used up')
  async reset(@Body({ schema: resetBody }) { token, next }: z.infer<typeof resetBody>): Promise<void> {
    await this.resets.reset(token, next);
  }

  @Roles(...ANYONE)
  @PeopleOnly()
  @Get('sessions')
  @Answers(sessionList, 'One’s own, the one used last first')
  async sessions(@CurrentViewer() viewer: Viewer): Promise<SessionList> {
    return { items: await this.auth.sessionsOf(viewer.accountId, viewer) };
  }

  @Roles(...ANYONE)
  @PeopleOnly()
  @Delete('sessions/:id')
  @Answers(null, 'Over, for its sockets too')
  endSession(@CurrentViewer() viewer: Viewer, @Param('id', { schema: sessionId }) which: string): Promise<void> {
    return this.auth.endSession(viewer.accountId, which);
  }
}

async function sayingWhenToRetry<T>(response: Response, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyAttempts) response.setHeader('Retry-After', String(error.retryAfterS));
    throw error;
  }
}
