import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { account, type Account, loginAnswer, loginBody, passwordBody } from '@muckwatch/contract';
import type { CookieOptions, Request, Response } from 'express';
import type { z } from 'zod';
import { Answers } from '../api.js';
import { Config } from '../config.js';
import { Public, Roles } from './auth.guard.js';
import { ANYONE } from './roles.js';
import { AuthService, TooManyAttempts } from './auth.service.js';
import { COOKIE, tokenOf } from './token.js';
import { CurrentViewer, type Viewer } from './viewer.js';

/** The longest a session lives; the server ends it sooner when it is not used. */
const COOKIE_MS = 7 * 86_400_000;

@Controller('auth')
export class AuthController {
  readonly #cookie: CookieOptions;

  constructor(
    private readonly auth: AuthService,
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
      this.auth.login(body.username, body.password, request.ip ?? '', request.headers['user-agent'] ?? null),
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
}

async function sayingWhenToRetry<T>(response: Response, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyAttempts) response.setHeader('Retry-After', String(error.retryAfterS));
    throw error;
  }
}
