import type { Problem } from '@muckwatch/contract';
import { useLanguage, words } from '../i18n/index.js';

export interface Fault {
  path: string;
  message: string;
}

/** The server said no, in its own words (RFC 9457), or could not be reached (`status` 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    /** Where the server named fields: each with what is wrong with it. */
    readonly faults: readonly Fault[] = [],
    /** Which kind of no, where the server tells one. */
    readonly type: string | null = null,
  ) {
    super(detail);
  }
}

let onSignedOut: () => void = () => undefined;

/** Whoever shows the sign-in page says here what happens when the session ends under a request. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal);
export const post = <T>(path: string, body?: unknown, signal?: AbortSignal) => call<T>('POST', path, json(body), signal);
export const put = <T>(path: string, body: unknown, signal?: AbortSignal) => call<T>('PUT', path, json(body), signal);
export const patch = <T>(path: string, body: unknown) => call<T>('PATCH', path, json(body));
export const del = <T = null>(path: string, signal?: AbortSignal) => call<T>('DELETE', path, undefined, signal);
/** For what is rare: a DELETE that bears a body. */
export const request = <T = null>(method: string, path: string, body?: unknown) => call<T>(method, path, json(body));
export const postCsv = <T>(path: string, text: string) => call<T>('POST', path, { text, type: 'text/csv' });

interface Sent {
  text: string;
  type: string;
}

const json = (body: unknown): Sent | undefined => (body === undefined ? undefined : { text: JSON.stringify(body), type: 'application/json' });

async function call<T>(method: string, path: string, body?: Sent, signal?: AbortSignal): Promise<T> {
  const answer = await send(method, path, body, signal);
  if (answer.ok) return (await readJson(answer)) as T;

  // A wrong password answers 401 too; only a request of somebody signed in can lose its session.
  if (answer.status === 401 && !path.startsWith('/auth/')) onSignedOut();
  const problem = (await readJson(answer)) as Partial<Problem> | null;
  const t = words();
  const detail = problem?.detail ?? '';
  // Most details name the faults themselves; one that counts them does not.
  const faults = (problem?.errors ?? []).filter(({ message }) => !detail.includes(message)).map(({ path, message }) => t.labelled(path, message));
  throw new Refused(
    answer.status,
    [detail, t.clauses(faults)].filter(Boolean).join(' ') || problem?.title || t.problem.status(answer.status),
    problem?.errors,
    problem?.type ?? null,
  );
}

async function send(method: string, path: string, body: Sent | undefined, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: { ...expected(), ...(body ? { 'content-type': body.type } : {}) },
      body: body?.text,
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused(0, words().problem.offline);
  }
}

/** What is asked of every answer: JSON, and what is refused in the language of the page, whichever the browser is set to. */
export const expected = () => ({ accept: 'application/json', 'accept-language': useLanguage.getState().language });

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** Reads a paged list to its end, at most `pages` pages. */
export async function getAll<T>(path: string, itemsOf: (page: unknown) => T[], pages = 50, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const answer: unknown = await get(`${path}${path.includes('?') ? '&' : '?'}limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, signal);
    all.push(...itemsOf(answer));
    cursor = (answer as { nextCursor?: string | null }).nextCursor ?? null;
    if (cursor === null) break;
  }
  return all;
}

export const itemsOf = <T>(page: unknown): T[] => (page as { items: T[] }).items;
export const featuresOf = <T>(page: unknown): T[] => (page as { features: T[] }).features;
export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

export function wordsOf(error: unknown): string {
  return error instanceof Refused ? error.detail : error instanceof Error ? error.message : String(error);
}
