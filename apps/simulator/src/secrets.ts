import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The made secrets by terminal or camera id. They are true chance, not of the seed: anyone can make the same city. */
export type Secrets = Record<string, string>;

/** Reads the file, makes what is missing, and keeps it for the next start. Readable by its owner only. */
export function keepSecrets(file: string, ids: readonly string[]): Secrets {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { secrets?: Secrets }).secrets : undefined;
  const secrets: Secrets = { ...known };
  const missing = ids.filter((id) => !secrets[id]);
  if (missing.length === 0) return secrets;
  for (const id of missing) secrets[id] = randomBytes(18).toString('base64url');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ secrets }, null, 1), { mode: 0o600 });
  // `mode` only holds for a file that was not there.
  chmodSync(file, 0o600);
  return secrets;
}
