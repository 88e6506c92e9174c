import type { ViewedRequest, Viewer } from '../auth/viewer.js';
import type { Act } from './audit-chain.js';

/** Who asks, and from where: behind a proxy on this machine (the one that we believe) whom it speaks for. */
export function actorOf(request: ViewedRequest, viewer: Viewer | null): Pick<Act, 'accountId' | 'username' | 'role' | 'address'> {
  const said = (request.body as { username?: unknown } | undefined)?.username;
  const claimed = isLogin(request) && typeof said === 'string' ? said : null;
  return {
    accountId: viewer?.accountId ?? null,
    username: viewer?.username ?? claimed,
    role: viewer?.role ?? null,
    address: request.ip ?? null,
  };
}

export function isLogin(request: ViewedRequest): boolean {
  return request.method === 'POST' && request.path === '/api/v1/auth/login';
}

/** Method and route; where no route was reached, the path. */
export function actionOf(request: ViewedRequest): string {
  const route = (request.route as { path?: unknown } | undefined)?.path;
  return `${request.method} ${typeof route === 'string' ? route : request.originalUrl.split('?', 1)[0]!}`;
}

/** The ids in the address, or that of what was made. */
export function targetOf(request: ViewedRequest, answer: unknown): string | null {
  const ids = Object.values((request.params ?? {}) as Record<string, string | string[]>).flat();
  if (ids.length > 0) return ids.join('/');
  const made = answer as { id?: unknown; properties?: { id?: unknown } } | null | undefined;
  const id = made?.id ?? made?.properties?.id;
  return typeof id === 'string' ? id : null;
}
