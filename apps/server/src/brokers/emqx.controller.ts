import { Body, type CanActivate, Controller, type ExecutionContext, Injectable, Post, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import { Answers, Unrecorded } from '../api.js';
import { Public } from '../auth/auth.guard.js';
import { LoginThrottle } from '../auth/throttle.js';
import { Config } from '../config.js';
import { Brokers, isSame } from './brokers.service.js';
import { Refusal } from '../refusal.js';

const HEADER = 'x-broker-secret';

/** Only the broker that knows BROKER_HOOK_SECRET is answered, and guessing at it is slowed down. Without the setting nothing is here. */
@Injectable()
export class BrokerHookGuard implements CanActivate {
  readonly #throttle = new LoginThrottle();

  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const wanted = this.config.brokerHookSecret;
    if (wanted === null)
      throw new Refusal(404, { en: 'No broker may ask here: BROKER_HOOK_SECRET is not set.', zh: '消息服务器不能在这里查询：没有设置 BROKER_HOOK_SECRET。' });
    const request = context.switchToHttp().getRequest<Request>();
    const address = request.ip ?? '';
    const waitMs = this.#throttle.attempt('', address, Date.now());
    if (waitMs > 0)
      throw new Refusal(429, {
        en: `Too many wrong secrets; try again in ${Math.ceil(waitMs / 1_000)} s.`,
        zh: `密钥错误次数太多，请 ${Math.ceil(waitMs / 1_000)} s 后再试。`,
      });
    if (!isSame(request.get(HEADER) ?? '', wanted))
      throw new Refusal(403, { en: `The header ${HEADER} does not say BROKER_HOOK_SECRET.`, zh: `请求头 ${HEADER} 与 BROKER_HOOK_SECRET 不符。` });
    this.#throttle.succeeded('', address);
    return true;
  }
}

// EMQX sends what it is told to, and may be told to send more; clients may leave out name and password, which is no fault of EMQX.
const authBody = z
  .object({ username: z.string().max(65_535).nullish(), password: z.string().max(65_535).nullish(), clientid: z.string().nullish() })
  .meta({ id: 'EmqxAuthBody' });
const aclBody = z
  .object({ username: z.string().max(65_535).nullish(), topic: z.string().max(65_535), action: z.enum(['publish', 'subscribe']) })
  .meta({ id: 'EmqxAclBody' });
const verdict = z.object({ result: z.enum(['allow', 'deny']), is_superuser: z.literal(false) }).meta({ id: 'EmqxVerdict' });
type Verdict = z.infer<typeof verdict>;
const said = (allowed: boolean): Verdict => ({ result: allowed ? 'allow' : 'deny', is_superuser: false });

/** EMQX 5 asks by HTTP who may sign in and who may do what (its HTTP authenticator and authorizer); whom we do not know is denied. */
@ApiTags('brokers')
@Controller('brokers/emqx')
@Public()
@UseGuards(BrokerHookGuard)
@ApiHeader({ name: HEADER, description: 'BROKER_HOOK_SECRET' })
export class EmqxController {
  constructor(private readonly brokers: Brokers) {}

  @Post('auth')
  @Unrecorded()
  @ApiOperation({ operationId: 'emqxAuth', summary: 'Whether a device (or the server itself) may sign in' })
  @Answers(verdict)
  auth(@Body({ schema: authBody }) { username, password }: z.infer<typeof authBody>): Verdict {
    return said(!!username && !!password && this.brokers.mayConnect(username, password));
  }

  @Post('acl')
  @Unrecorded()
  @ApiOperation({ operationId: 'emqxAcl', summary: 'Whether a device may publish on a topic, or subscribe to a filter' })
  @Answers(verdict)
  acl(@Body({ schema: aclBody }) { username, action, topic }: z.infer<typeof aclBody>): Verdict {
    return said(!!username && this.brokers.may(username, action, topic));
  }
}
