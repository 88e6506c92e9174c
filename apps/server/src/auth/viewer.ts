import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@muckwatch/contract';
import type { Sentence } from '@muckwatch/domain';
import type { Request } from 'express';
import type { Narrowing } from './narrowing.js';
import { Refusal } from '../refusal.js';

/** What of the city a viewer may see: three narrowings that hold together. `null`: not narrowed by this. */
export interface Scope {
  districtIds: string[] | null;
  companyIds: string[] | null;
  placeIds: string[] | null;
}

export const WHOLE_CITY: Scope = { districtIds: null, companyIds: null, placeIds: null };

export function isWholeCity({ districtIds, companyIds, placeIds }: Scope): boolean {
  return districtIds === null && companyIds === null && placeIds === null;
}

/** What is the city's own and no part of it belongs to anybody: quarantine, rule lab, limits of rules. */
export function mustSeeTheCity({ scope }: Pick<Viewer, 'scope'>, what: Sentence): void {
  if (!isWholeCity(scope)) throw new Refusal(403, { en: `${what.en} is for those who may see the whole city.`, zh: `${what.zh}只供能看全市的人使用。` });
}

/** A signed-in person (or the server's own hand, as the demo's). */
export interface Viewer {
  accountId: string;
  username: string;
  name: string;
  role: Role;
  scope: Scope;
  /** SHA-256 of the session's token: names the session, opens nothing. */
  sessionId: string;
  /** A program signed in with it, not a person. */
  apiToken?: { id: string; readOnly: boolean };
}

/** `taken`: what an export says of itself to the audit, that the file can be matched to the row. */
export type ViewedRequest = Request & { viewer?: Viewer; taken?: Record<string, unknown> };

/** The viewer that AuthGuard found. */
export const CurrentViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer => {
  const { viewer } = context.switchToHttp().getRequest<ViewedRequest>();
  if (!viewer) throw new Error('A public endpoint has no viewer.');
  return viewer;
});

const undecided = () => 'false';

/** One column, several of which one must hold, or a condition over the ids (`$3::text[]`). */
export type Narrowed = string | string[] | ((ids: string) => string);

/**
 * The condition of SQL that keeps a statement to what the viewer may see; pushes its parameters. Name all that the table can be narrowed by, of what is left
 * out those that are narrowed by it see nothing (narrowing.ts has the tables that several ask for):
 * `within(viewer.scope, { company: 'a.company_id', place: ['a.place_id', 'a.site_id'], district: 'a.district_id' }, params)`.
 */
export function within(scope: Scope, { company, place, district }: Narrowing, params: unknown[]): string {
  const conditions: string[] = [];
  const narrow = (column: Narrowed, ids: string[] | null) => {
    const said = `$${params.push(ids)}::text[]`;
    const holds =
      typeof column === 'function'
        ? column(said)
        : [column]
            .flat()
            .map((one) => `${one} = any(${said})`)
            .join(' or ');
    conditions.push(`(${said} is null or ${holds})`);
  };
  narrow(company ?? undecided, scope.companyIds);
  narrow(place ?? undecided, scope.placeIds);
  narrow(district ?? undecided, scope.districtIds);
  return conditions.join(' and ');
}

/** What a scope is held against. A thing that may belong to several places or districts is seen by whoever sees one of them. */
export interface Seen {
  companyId?: string | null;
  placeIds?: (string | null)[];
  districtIds?: (string | null)[];
}

/** The same in memory: whether one thing may be seen. What it does not say, nobody sees who is narrowed by it. */
export function sees(scope: Scope, { companyId, placeIds, districtIds }: Seen): boolean {
  const among = (allowed: string[] | null, ids: (string | null)[] | undefined) =>
    allowed === null || (ids?.some((id) => id !== null && allowed.includes(id)) ?? false);
  return among(scope.companyIds, companyId === undefined ? undefined : [companyId]) && among(scope.placeIds, placeIds) && among(scope.districtIds, districtIds);
}
