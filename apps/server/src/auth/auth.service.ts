import { Injectable } from '@nestjs/common';
import type { Account, AccountBody, AccountChange, Role, Session } from '@muckwatch/contract';
import { randomBytes } from 'node:crypto';
import { Faults, noSuch, Refusal } from '../refusal.js';
import { scopeFault, unknownFault } from './account-scope.js';
import { AccountStore } from './account.store.js';
import { ApiTokenStore } from './api-token.store.js';
import { Attempts } from './attempts.js';
import { hashPassword, prepareDummy, verifyPassword } from './passwords.js';
import { DECIDERS } from './roles.js';
import { SecondFactors } from './second-factor.service.js';
import { SessionStore } from './session.store.js';
import { isApiToken, makeToken, sha256 } from './token.js';
import { type Scope, type Viewer, WHOLE_CITY } from './viewer.js';

/** How long a session is believed without asking the database again. */
const CACHED_MS = 5_000;
const MOST_CACHED = 10_000;

/** What has lost its right: one session, or (`sessionId` null) every session of the account. */
export interface Revoked {
  accountId: string;
  sessionId: string | null;
}

/** Somebody who does not decide alerts any more: disabled, or of another role. */
export interface Left {
  accountId: string;
  /** Who saw to it. */
  by: Viewer;
}

/** The password was right, and the account wants a code as well: pages ask for it. */
const CODE_NEEDED = 'urn:muckwatch:code-needed';
const CODE_WRONG = 'urn:muckwatch:code-wrong';

/** Who is who: accounts, sessions, log-in. */
@Injectable()
export class AuthService {
  readonly #cache = new Map<string, { viewer: Viewer; until: number }>();
  readonly #internal = new Map<string, { viewer: Viewer; until: number }>();
  readonly #revokedListeners: ((revoked: Revoked) => void)[] = [];
  readonly #accountListeners: (() => void)[] = [];
  readonly #leftListeners: ((left: Left) => Promise<void>)[] = [];
  /** What was read before a revocation must not be cached after it. */
  #revocations = 0;

  constructor(
    private readonly accounts: AccountStore,
    private readonly sessions: SessionStore,
    private readonly apiTokens: ApiTokenStore,
    private readonly attempts: Attempts,
    private readonly secondFactors: SecondFactors,
  ) {
    void prepareDummy();
  }

  /** Opens a session; the same refusal, after the same time, for an unknown name, a wrong password and a disabled account. */
  async login(username: string, password: string, address: string, userAgent: string | null, code: string | null = null): Promise<string> {
    this.attempts.take(username, address);
    const known = await this.accounts.byUsername(username);
    const right = await verifyPassword(known?.passwordHash ?? null, password);
    if (!known || !right || known.account.disabled) throw new Refusal(401, { en: 'User name or password is wrong.', zh: '账号或密码不对。' });
    if (known.totpSecret !== null) {
      if (code === null) {
        this.attempts.undecided(username, address);
        throw new Refusal(401, { en: 'A code of the authenticator is needed as well.', zh: '还需要验证器上的验证码。' }, CODE_NEEDED);
      }
      if (!(await this.secondFactors.accepts(known.account.id, known.totpSecret, code)))
        throw new Refusal(401, { en: 'The code is wrong, or was used already.', zh: '验证码不对，或已经用过。' }, CODE_WRONG);
    }
    this.attempts.succeeded(username, address);
    const token = makeToken();
    await this.sessions.open(sha256(token), known.account.id, userAgent);
    return token;
  }

  /** Whose token this is; null for none of ours, expired, or of a disabled account. Cached for 5 s. */
  async sessionOf(token: string): Promise<Viewer | null> {
    const sessionId = sha256(token);
    const now = Date.now();
    const internal = this.#internal.get(sessionId);
    if (internal) return internal.until > now ? internal.viewer : null;
    const cached = this.#cache.get(sessionId);
    if (cached && cached.until > now) return cached.viewer;
    const before = this.#revocations;
    const viewer = await (isApiToken(token) ? this.apiTokens : this.sessions).viewer(sessionId);
    this.#cache.delete(sessionId);
    if (viewer && this.#revocations === before) this.#cache.set(sessionId, { viewer, until: now + CACHED_MS });
    if (this.#cache.size > MOST_CACHED) this.#cache.delete(this.#cache.keys().next().value!);
    return viewer;
  }

  async logout(token: string): Promise<void> {
    const viewer = await this.sessionOf(token);
    if (!viewer || viewer.apiToken) return;
    await this.sessions.close(viewer.sessionId);
    this.#internal.delete(viewer.sessionId);
    this.revoke({ accountId: viewer.accountId, sessionId: viewer.sessionId });
  }

  /** Calls back when a session or an account loses its right, so that open sockets can be closed. */
  onRevoked(listener: (revoked: Revoked) => void): void {
    this.#revokedListeners.push(listener);
  }

  /** Calls back when accounts were made or changed: whoever keeps them in memory reads them anew. */
  onAccounts(listener: () => void): void {
    this.#accountListeners.push(listener);
  }

  /** Calls back, and waits, when somebody leaves work behind: what was theirs to do is given back before the one who saw to it is answered. */
  onLeft(listener: (left: Left) => Promise<void>): void {
    this.#leftListeners.push(listener);
  }

  /** A token for the server's own hand, in memory only: the demo registers its city over HTTP as anybody would. */
  internalSession(name: string, lifetimeMs: number): string {
    const token = makeToken();
    const sessionId = sha256(token);
    const viewer: Viewer = { accountId: name, username: name, name, role: 'admin', scope: WHOLE_CITY, sessionId };
    this.#internal.set(sessionId, { viewer, until: Date.now() + lifetimeMs });
    return token;
  }

  /** The first account `admin`, while there is none: answers the password that was made, or null where none had to be. */
  async ensureFirstAccount(given: string | null): Promise<string | null> {
    if (await this.accounts.hasAny()) return null;
    const password = given ?? randomBytes(12).toString('base64url');
    const made = await this.accounts.createFirst({ id: makeAccountId(), username: 'admin', passwordHash: await hashPassword(password) });
    return made && given === null ? password : null;
  }

  async me(viewer: Viewer): Promise<Account> {
    const { accountId: id, username, name, role, scope } = viewer;
    const account = await this.accounts.one(id);
    // The places that name a manager are the manager's as well.
    return account
      ? { ...account, ...scope }
      : { id, username, name, role, ...scope, secondFactor: false, createdAt: new Date().toISOString(), disabled: false };
  }

  /** One's own password. Every other session of the account ends. */
  async changePassword(viewer: Viewer, current: string, next: string, address: string): Promise<void> {
    this.attempts.take(viewer.username, address);
    const known = await this.accounts.byUsername(viewer.username);
    if (!(await verifyPassword(known?.passwordHash ?? null, current))) throw new Refusal(400, { en: 'The current password is wrong.', zh: '当前密码不对。' });
    this.attempts.succeeded(viewer.username, address);
    await this.accounts.change(viewer.accountId, { passwordHash: await hashPassword(next) });
    await this.#endSessions(viewer.accountId, viewer.sessionId);
  }

  async sessionsOf(accountId: string, viewer: Viewer): Promise<Session[]> {
    return (await this.sessions.list(accountId)).map((session) => ({ ...session, current: session.id === viewer.sessionId }));
  }

  /** Ends one session of an account. */
  async endSession(accountId: string, sessionId: string): Promise<void> {
    if (!(await this.sessions.closeOf(accountId, sessionId))) throw new Refusal(404, { en: 'There is no such session.', zh: '没有这个登录会话。' });
    this.revoke({ accountId, sessionId });
  }

  /** Every session of an account. */
  async endSessions(accountId: string): Promise<void> {
    await this.#endSessions(accountId, null);
  }

  async mustExist(accountId: string): Promise<void> {
    if (!(await this.accounts.one(accountId))) throw noSuch('account', accountId);
  }

  list(after: string | undefined, limit: number): Promise<Account[]> {
    return this.accounts.list(after, limit);
  }

  async create(body: AccountBody): Promise<Account> {
    const { username, role, districtIds = null, companyIds = null, placeIds = null } = body;
    mustHaveItsScope(role, { districtIds, companyIds, placeIds });
    await this.#mustBeKnown(body);
    const passwordHash = await hashPassword(body.password);
    const made = { id: makeAccountId(), username, name: body.name ?? username, role, passwordHash, districtIds, companyIds, placeIds };
    const account = await this.accounts.create(made);
    if (!account) throw new Refusal(409, { en: `The user name ${username} is taken.`, zh: `账号名 ${username} 已被占用。` });
    this.#accountListeners.forEach((listener) => listener());
    return account;
  }

  /** Another role, another scope, another password and being disabled end every session of the account. */
  async change(by: Viewer, id: string, { password, ...to }: AccountChange): Promise<Account> {
    const before = await this.accounts.one(id);
    if (!before) throw noSuch('account', id);
    mustHaveItsScope(to.role ?? before.role, { ...before, ...to });
    await this.#mustBeKnown(to);
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const account = await this.accounts.change(id, { ...to, passwordHash });
    if (account === 'absent') throw noSuch('account', id);
    if (account === 'last-admin')
      throw new Refusal(409, { en: `Account ${id} is the last admin; make another one first.`, zh: `账号 ${id} 是最后一个管理员，请先再设一个管理员。` });
    this.#accountListeners.forEach((listener) => listener());
    const { name: _, ...weighty } = to;
    if (Object.values({ ...weighty, password }).some((value) => value !== undefined && value !== false)) await this.#endSessions(id, null);
    await this.#leaves(by, account);
    return account;
  }

  /** Many at once were made or changed: whoever keeps accounts in memory reads them anew, and those that may do something else sign in again. */
  async changed(by: Viewer, accounts: Account[]): Promise<void> {
    this.#accountListeners.forEach((listener) => listener());
    for (const account of accounts) {
      await this.#endSessions(account.id, null);
      await this.#leaves(by, account);
    }
  }

  async #leaves(by: Viewer, { id: accountId, disabled, role }: Account): Promise<void> {
    if (!disabled && DECIDERS.includes(role)) return;
    for (const listener of this.#leftListeners) await listener({ accountId, by });
  }

  async #mustBeKnown(scope: Partial<Scope>): Promise<void> {
    const unknown = await this.accounts.unknownIn(scope);
    if (unknown.length === 0) return;
    throw new Faults(unknown.map(unknownFault));
  }

  async #endSessions(accountId: string, keptSessionId: string | null): Promise<void> {
    const ended = await this.sessions.closeAll(accountId, keptSessionId);
    if (keptSessionId === null) this.revoke({ accountId, sessionId: null });
    else for (const sessionId of ended) this.revoke({ accountId, sessionId });
  }

  /** What was believed is believed no longer, and its sockets are closed. */
  revoke(revoked: Revoked): void {
    this.#revocations++;
    for (const [sessionId, { viewer }] of this.#cache) {
      if (revoked.sessionId === sessionId || (revoked.sessionId === null && viewer.accountId === revoked.accountId)) this.#cache.delete(sessionId);
    }
    for (const listener of this.#revokedListeners) listener(revoked);
  }
}

function mustHaveItsScope(role: Role, scope: Scope): void {
  const fault = scopeFault(role, scope);
  if (fault) throw new Faults([fault]);
}

export function makeAccountId(): string {
  return randomBytes(8).toString('hex');
}
