import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@muckwatch/contract';
import type { Request } from 'express';

/** What of the city a viewer may see. `null`: no narrowing, the whole city. Both roles of today see all of it. */
export interface Scope {
  companyIds: string[] | null;
  placeIds: string[] | null;
}

export const WHOLE_CITY: Scope = { companyIds: null, placeIds: null };

/** A signed-in person (or the server's own hand, as the demo's). */
export interface Viewer {
  accountId: string;
  username: string;
  name: string;
  role: Role;
  scope: Scope;
  /** SHA-256 of the session's token: names the session, opens nothing. */
  sessionId: string;
}

export type ViewedRequest = Request & { viewer?: Viewer };

/** The viewer that AuthGuard found. */
export const CurrentViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer => {
  const { viewer } = context.switchToHttp().getRequest<ViewedRequest>();
  if (!viewer) throw new Error('A public endpoint has no viewer.');
  return viewer;
});

/**
 * The condition of SQL that keeps a statement to what the viewer may see; pushes its parameters.
 * Name the columns that the table has: `within(viewer.scope, { company: 'a.company_id', place: 'a.place_id' }, params)`.
 */
export function within(scope: Scope, columns: { company?: string; place?: string }, params: unknown[]): string {
  const conditions: string[] = [];
  const narrow = (column: string, ids: string[] | null) => {
    params.push(ids);
    conditions.push(`($${params.length}::text[] is null or ${column} = any($${params.length}::text[]))`);
  };
  if (columns.company) narrow(columns.company, scope.companyIds);
  if (columns.place) narrow(columns.place, scope.placeIds);
  return conditions.length > 0 ? conditions.join(' and ') : 'true';
}

/** The same in memory: whether one thing of this company and place may be seen. */
export function sees(scope: Scope, thing: { companyId?: string | null; placeId?: string | null }): boolean {
  if ('companyId' in thing && scope.companyIds !== null && !scope.companyIds.includes(thing.companyId ?? '')) return false;
  return !('placeId' in thing && scope.placeIds !== null && !scope.placeIds.includes(thing.placeId ?? ''));
}
