import { lookup as resolve } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type Failure, failure } from './outcome.js';
import { isPrivateAddress } from './private-address.js';

const ANSWER_MS = 10_000;
const MOST_BYTES = 65_536;

export interface Asked {
  method: string;
  headers: Record<string, string>;
  body: string | null;
}

export interface Answered {
  status: number;
  body: string;
  retryAfterMs: number | null;
}

/** An address that nobody outside may make us ask. */
export class RefusedAddress extends Error {}

/**
 * One HTTP request to an address that a person gave. Unless private ones are allowed, the name is resolved here and the address that is asked is the one that was
 * looked at; redirects are not followed. Throws where no whole answer came within 10 s.
 */
export async function ask(url: string, { method, headers, body }: Asked, { open, signal }: { open: boolean; signal: AbortSignal }): Promise<Answered> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!open && target.protocol !== 'https:') throw new RefusedAddress(`${target.host} is asked over https only`);
  if (!open && isIP(host) !== 0 && isPrivateAddress(host)) throw new RefusedAddress(`${host} is a private address`);
  return new Promise((answer, fail) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    const send = target.protocol === 'https:' ? overHttps : overHttp;
    const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const asking = send(
      target,
      { method, headers: { ...headers, ...length }, agent: false, signal: limit, lookup: open ? undefined : publicOnly },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
          if (text.length > MOST_BYTES) asking.destroy(new Error(`more than ${MOST_BYTES} bytes were answered`));
        });
        response.on('error', fail);
        // Node ends a response that was cut off without an error of its own where nothing had come yet.
        response.on('close', () => fail(new Error('the answer was cut off')));
        response.on('end', () => {
          if (!response.complete) return;
          answer({ status: response.statusCode ?? 0, body: text, retryAfterMs: retryAfterMs(response.headers['retry-after']) });
        });
      },
    );
    asking.on('error', (error) => fail(limit.aborted && !signal.aborted ? new Error(`no answer within ${ANSWER_MS / 1_000} s`) : error));
    asking.end(body ?? undefined);
  });
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const found = error ? [] : addresses;
    const refused = found.find(({ address }) => isPrivateAddress(address));
    if (error) return callback(error, '', 4);
    if (refused) return callback(new RefusedAddress(`${hostname} is the private address ${refused.address}`), '', 4);
    if (options.all) (callback as unknown as (error: null, found: typeof addresses) => void)(null, addresses);
    else callback(null, found[0]!.address, found[0]!.family);
  });
};

/** Seconds, or a date. */
function retryAfterMs(said: string | undefined): number | null {
  if (said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Why there was no answer. */
export function unanswered(error: unknown): Failure {
  const { message, code } = error as { message?: string; code?: string };
  return failure(message || code || 'no answer', { permanent: error instanceof RefusedAddress });
}

/** What an answer says that is none of a good one; null: it is. */
export function refusedBy({ status, body, retryAfterMs: wait }: Answered): Failure | null {
  if (status >= 200 && status < 300) return null;
  return failure(`${status} ${body}`.trim(), { retryAfterMs: wait, permanent: status === 410 });
}

/** A robot's answer: HTTP 200 whatever happened, and in the body a code that is 0 when all is well. */
export function robotCode(answered: Answered, names: string[]): { code: number; said: string } | Failure {
  const refused = refusedBy(answered);
  if (refused) return refused;
  let json: unknown;
  try {
    json = JSON.parse(answered.body);
  } catch {
    return failure(`${answered.status}, and what is no JSON: ${answered.body}`);
  }
  for (const name of names) {
    const code = (json as Record<string, unknown> | null)?.[name];
    if (typeof code === 'number') return { code, said: answered.body };
  }
  return failure(`${answered.status}, without ${names.join(' or ')}: ${answered.body}`);
}
