import { z } from 'zod';
import { id, pageOf, text, time } from './common.js';
import { matching } from './saying.js';

/** What a person does here. What of the city they see is the account's scope, not its role. */
export const ROLES = ['admin', 'supervisor', 'operator', 'site-manager', 'dispatcher', 'yard-keeper', 'viewer'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** The scope that a role cannot do without. */
export const NEEDED_SCOPE: Partial<Record<Role, 'placeIds' | 'companyIds'>> = {
  'site-manager': 'placeIds',
  'yard-keeper': 'placeIds',
  dispatcher: 'companyIds',
};

const username = z
  .string()
  .trim()
  .check(matching(/^[A-Za-z0-9._@-]{1,64}$/, 'must be 1–64 of A–Z, a–z, 0–9, . _ @ and -', '只能用字母、数字和 . _ @ -，1～64 位'));
const newPassword = z.string().min(12, 'must have at least 12 characters').max(256);
const oneTimeCode = z.string().check(matching(/^\d{6}$/, 'must be six digits', '必须是 6 位数字'));

/** Three narrowings that hold together; `null`: not narrowed by this. */
const scope = {
  districtIds: z.array(id).min(1).max(100).nullable().meta({ description: 'null: the whole city' }),
  companyIds: z.array(id).min(1).max(500).nullable().meta({ description: 'null: every company' }),
  placeIds: z.array(id).min(1).max(500).nullable().meta({ description: 'null: every place' }),
};

export const loginBody = z
  .strictObject({
    username: z.string().min(1).max(64),
    password: z.string().min(1).max(256),
    code: oneTimeCode.nullish().meta({ description: 'Of the authenticator, where the account has one' }),
  })
  .meta({ id: 'LoginBody' });
export const loginAnswer = z.object({ token: z.string() }).meta({ id: 'LoginAnswer' });

export const account = z
  .object({
    id,
    username,
    name: z.string(),
    role,
    districtIds: z.array(id).nullable(),
    companyIds: z.array(id).nullable(),
    placeIds: z.array(id).nullable().meta({ description: 'In `GET /auth/me` with the places that name the account as a manager of theirs' }),
    secondFactor: z.boolean().meta({ description: 'Signs in with a code of an authenticator as well' }),
    createdAt: time,
    disabled: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

const scopeBody = { districtIds: scope.districtIds.optional(), companyIds: scope.companyIds.optional(), placeIds: scope.placeIds.optional() };
export const accountBody = z.strictObject({ username, name: text(80).nullish(), role, password: newPassword, ...scopeBody }).meta({ id: 'AccountBody' });
export type AccountBody = z.infer<typeof accountBody>;
export const accountChange = z
  .strictObject({ name: text(80).optional(), role: role.optional(), disabled: z.boolean().optional(), password: newPassword.optional(), ...scopeBody })
  .meta({ id: 'AccountChange' });
export type AccountChange = z.infer<typeof accountChange>;

/** A row of an import: whose user name exists is changed where it differs, what it leaves out stays. */
export const accountRow = z.strictObject({
  username,
  name: text(80).nullish(),
  role,
  password: newPassword.nullish().meta({ description: 'Of new accounts only; where it is left out one is made and shown once' }),
  ...scopeBody,
});
export type AccountRow = z.infer<typeof accountRow>;
/** As many rows as are taken at once: each new password is hashed. */
export const MOST_ACCOUNT_ROWS = 500;
export const accountImportAnswer = z
  .object({
    items: z.array(
      z.object({
        id,
        username: z.string(),
        result: z.enum(['created', 'changed', 'unchanged']),
        secret: z.string().optional().meta({ description: 'The initial password, only where one was made for a new account; shown once' }),
      }),
    ),
  })
  .meta({ id: 'AccountImportAnswer' });
export type AccountImportAnswer = z.infer<typeof accountImportAnswer>;

export const passwordBody = z.strictObject({ current: z.string().min(1).max(256), next: newPassword }).meta({ id: 'PasswordBody' });

/** TOTP (RFC 6238): six digits, 30 s, SHA-1, as every authenticator has it. */
export const secondFactorOffer = z
  .object({ secret: z.string().meta({ description: 'Base32, shown once' }), uri: z.string().meta({ description: 'otpauth://totp/…, for a QR code' }) })
  .meta({ id: 'SecondFactorOffer' });
export type SecondFactorOffer = z.infer<typeof secondFactorOffer>;
export const secondFactorBody = z.strictObject({ code: oneTimeCode }).meta({ id: 'SecondFactorBody' });
export const secondFactorEnd = z.strictObject({ password: z.string().min(1).max(256) }).meta({ id: 'SecondFactorEnd' });

/** A link that an admin makes and hands over; it is good once, for a day. */
export const resetLink = z.object({ url: z.string(), expiresAt: time }).meta({ id: 'ResetLink' });
export type ResetLink = z.infer<typeof resetLink>;
export const resetBody = z.strictObject({ token: z.string().min(16).max(128), next: newPassword }).meta({ id: 'ResetBody' });

export const session = z
  .object({
    id: z.string().meta({ description: 'Names the session, opens nothing' }),
    createdAt: time,
    lastUsedAt: time,
    expiresAt: time,
    userAgent: z.string().nullable(),
    current: z.boolean().meta({ description: 'The one that asks' }),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;
export const sessionList = z.object({ items: z.array(session) }).meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof sessionList>;

/** A token for a program: it does what its account may, until it expires or is ended. */
export const apiToken = z
  .object({
    id,
    name: z.string(),
    accountId: id,
    readOnly: z.boolean(),
    createdAt: time,
    createdBy: z.string(),
    lastUsedAt: time.nullable(),
    expiresAt: time.nullable(),
    endedAt: time.nullable(),
    token: z.string().optional().meta({ description: 'Shown once, in the answer to its making' }),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiToken>;
export const apiTokenBody = z
  .strictObject({ name: text(80), accountId: id, readOnly: z.boolean().default(true), expiresAt: time.nullish() })
  .meta({ id: 'ApiTokenBody' });
export type ApiTokenBody = z.infer<typeof apiTokenBody>;
export const apiTokenPage = pageOf(apiToken).meta({ id: 'ApiTokenPage' });
