import { applyDecorators, type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { type Role, ROLE_WORDS, rolesZh } from '@muckwatch/contract';
import { Config } from '../config.js';
import { AuthService } from './auth.service.js';
import { origin, tokenOf } from './token.js';
import { mustSeeTheCity, type ViewedRequest } from './viewer.js';
import { Refusal } from '../refusal.js';

const PUBLIC = 'auth:public';
const ROLES = 'auth:roles';
const PEOPLE = 'auth:people';
const WHOLE = 'auth:whole-city';

/** Open to anybody. */
export const Public = () => applyDecorators(SetMetadata(PUBLIC, true), ApiExtension('x-public', true));
/** Only for these roles, each within its scope. An endpoint that says neither this nor `Public` is open to nobody. */
export const Roles = (...roles: readonly Role[]) => SetMetadata(ROLES, roles);

/** Not for programs with an API token: what makes or changes a way of signing in. */
export const PeopleOnly = () => SetMetadata(PEOPLE, true);

/** Not for those who are narrowed, whatever their role: what holds for the whole city, as the rules of notices do. */
export const WholeCity = () => SetMetadata(WHOLE, true);

/** Stands before every HTTP endpoint: who is it, may they, and does a browser ask from our own page. Sockets are asked at their handshake instead. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly auth: AuthService,
    private readonly reflector: Reflector,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<ViewedRequest>();
    const said = tokenOf(request.headers);
    const safe = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const from = origin(request.headers, this.config.publicUrl);

    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) {
      if (!safe && from === 'foreign' && said?.by !== 'bearer')
        throw new Refusal(403, { en: 'This was asked for from another site.', zh: '这个请求来自其他网站，不予受理。' });
      return true;
    }

    const viewer = said && (await this.auth.sessionOf(said.token));
    if (!said || !viewer) throw new Refusal(401, { en: 'Sign in first.', zh: '请先登录。' });
    // Any page can make a browser send the cookie, none can make it send the bearer token.
    if (!safe && said.by === 'cookie' && from !== 'own') {
      throw new Refusal(403, {
        en: 'With a cookie, changes must be asked for from our own pages (Origin or Sec-Fetch-Site); programs use the bearer token.',
        zh: '凭 Cookie 只能从本系统的页面更改（Origin 或 Sec-Fetch-Site）；程序请使用 Bearer 令牌。',
      });
    }
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, [context.getHandler(), context.getClass()]);
    if (!roles)
      throw new Refusal(403, { en: 'This endpoint does not say whom it is for, so it is for nobody.', zh: '这个接口没有说明给谁用，因此谁也不能用。' });
    if (!roles.includes(viewer.role))
      throw new Refusal(403, {
        en: `This needs the role ${roles.join(' or ')}; you are ${viewer.role}.`,
        zh: `需要的角色：${rolesZh(roles)}；您的角色：${ROLE_WORDS[viewer.role].zh}。`,
      });
    if (this.reflector.getAllAndOverride<boolean>(WHOLE, [context.getHandler(), context.getClass()])) mustSeeTheCity(viewer, { en: 'This', zh: '这里' });
    if (viewer.apiToken?.readOnly && !safe) throw new Refusal(403, { en: 'This API token may only read.', zh: '这个 API 令牌只能读取。' });
    if (viewer.apiToken && this.reflector.getAllAndOverride<boolean>(PEOPLE, [context.getHandler(), context.getClass()])) {
      throw new Refusal(403, { en: 'This is for people who have signed in, not for API tokens.', zh: '这里只供登录的人使用，API 令牌不行。' });
    }
    request.viewer = viewer;
    return true;
  }
}
