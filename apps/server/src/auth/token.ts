import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const COOKIE = 'muckwatch';

/** 256 random bits: opaque, and too many to guess, so a plain SHA-256 keeps it safe at rest. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** So that a token says what it is, wherever it is found. */
const API_TOKEN = 'muck_';

export function makeApiToken(): string {
  return API_TOKEN + makeToken();
}

export function isApiToken(token: string): boolean {
  return token.startsWith(API_TOKEN);
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The token of a request or of a Socket.IO handshake and the way it came. A bearer token goes before a cookie. */
export function tokenOf(headers: IncomingHttpHeaders): { token: string; by: 'bearer' | 'cookie' } | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) return { token: bearer, by: 'bearer' };
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value) return { token: value, by: 'cookie' };
  }
  return null;
}

/**
 * Whether a browser says that the request comes from our own pages. A cookie is sent along by any page, so what it opens must be asked for from here.
 * `unsaid`: neither header was there, so no browser sent it (or a very old one did).
 */
export function origin(headers: IncomingHttpHeaders, publicUrl: string): 'own' | 'foreign' | 'unsaid' {
  const site = headers['sec-fetch-site'];
  if (site) return site === 'same-origin' ? 'own' : 'foreign';
  if (!headers.origin) return 'unsaid';
  if (!URL.canParse(headers.origin)) return 'foreign';
  const { host, origin } = new URL(headers.origin);
  return host === headers.host || origin === new URL(publicUrl).origin ? 'own' : 'foreign';
}
