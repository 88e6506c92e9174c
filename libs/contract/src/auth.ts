import { z } from 'zod';
import { id, text, time } from './common.js';

export const ROLES = ['admin', 'operator'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

const username = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._@-]{1,64}$/, 'must be 1–64 of A–Z, a–z, 0–9, . _ @ and -');
const newPassword = z.string().min(12, 'must have at least 12 characters').max(256);

export const loginBody = z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) }).meta({ id: 'LoginBody' });
export const loginAnswer = z.object({ token: z.string() }).meta({ id: 'LoginAnswer' });

export const account = z.object({ id, username, name: z.string(), role, createdAt: time, disabled: z.boolean() }).meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

export const accountBody = z.strictObject({ username, name: text(80).nullish(), role, password: newPassword }).meta({ id: 'AccountBody' });
export type AccountBody = z.infer<typeof accountBody>;
export const accountChange = z
  .strictObject({ name: text(80).optional(), role: role.optional(), disabled: z.boolean().optional(), password: newPassword.optional() })
  .meta({ id: 'AccountChange' });
export type AccountChange = z.infer<typeof accountChange>;

export const passwordBody = z.strictObject({ current: z.string().min(1).max(256), next: newPassword }).meta({ id: 'PasswordBody' });
