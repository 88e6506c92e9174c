import { pbkdf2Sync, randomBytes } from 'node:crypto';

/** What mosquitto_passwd itself uses. A secret of 128 random bits needs none; one that people give has 16 characters at least, and no more rounds in our own SHA-256. */
const ITERATIONS = 101;
const SALT_BYTES = 12;
const HASH_BYTES = 64;

/** The secret as Mosquitto's password file holds it: `$7$iterations$salt$hash`, PBKDF2 with SHA-512. */
export function mosquittoHash(secret: string): string {
  const salt = randomBytes(SALT_BYTES);
  const hash = pbkdf2Sync(secret, salt, ITERATIONS, HASH_BYTES, 'sha512');
  return `$7$${ITERATIONS}$${salt.toString('base64')}$${hash.toString('base64')}`;
}
