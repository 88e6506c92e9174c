import type { Kind } from './kinds.js';

/** Where a list stands, or one thing in it; `q` is what is sought. */
export function addressOf(kind: Kind, id: string | null, q = ''): string {
  return `#/registry/${kind}${id === null ? '' : `/${encodeURIComponent(id)}`}${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`;
}
