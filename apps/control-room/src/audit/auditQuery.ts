/** What an auditor looks for, as typed. */
export interface Sought {
  username: string;
  action: string;
  target: string;
  /** `2026-11-23T21:04`, on the city's clock. */
  from: string;
  to: string;
}

export const NOTHING_SOUGHT: Sought = { username: '', action: '', target: '', from: '', to: '' };
export const isSought = (sought: Sought): boolean => Object.values<string>({ ...sought }).some((text) => text.trim() !== '');

/** The address of a page of rows; a time that is not filled in asks for nothing. */
export function auditPath(sought: Sought, cursor: string | null, limit: number, instant: (text: string) => number | null): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const key of ['username', 'action', 'target'] as const) if (sought[key].trim() !== '') query.set(key, sought[key].trim());
  for (const key of ['from', 'to'] as const) {
    const at = instant(sought[key]);
    if (at !== null) query.set(key, new Date(at).toISOString());
  }
  if (cursor !== null) query.set('cursor', cursor);
  return `/audit?${query.toString()}`;
}

/** `POST /api/v1/alerts/:id/confirm` → `POST /alerts/:id/confirm`: as the table of deeds names it. */
export const deedOf = (action: string): string => action.replace(/^(\S+) \/api\/v1/, '$1 ');

/** What was said with it, on one line: `reason: 空斗试验 · limits.holdS: 20`. */
export function detailWords(detail: Record<string, unknown> | null): string {
  if (!detail) return '';
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)}`)
    .join(' · ');
}
