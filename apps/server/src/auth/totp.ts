import { Secret, TOTP } from 'otpauth';

const ISSUER = 'MuckWatch';
const PERIOD_S = 30;
/** Steps before and after: clocks of phones are off. */
const WINDOW = 1;

/** 160 random bits in Base32, as RFC 4226 advises. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator reads from a QR code. */
export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString();
}

/** The 30 s step whose code this is, one before to one after now; null: it is none of them. */
export function totpStep(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1_000 / PERIOD_S) + delta;
}

/** SHA-1, six digits: what every authenticator can do. */
function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: Secret.fromBase32(secret) });
}
