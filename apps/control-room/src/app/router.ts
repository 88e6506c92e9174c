import { useSyncExternalStore } from 'react';

/** Addresses live in the hash: the server needs to know one page only, and a link to an alert can be passed on. */
export type Route =
  | { page: 'map'; alertId: string | null }
  | { page: 'system' }
  | { page: 'lab' }
  | { page: 'permits'; permitId: string | null }
  | { page: 'review'; part: ReviewPart }
  | { page: 'people'; part: PeoplePart }
  | { page: 'audit' }
  | { page: 'reset'; token: string }
  | { page: 'company'; tab: string | null };

export const REVIEW_PARTS = ['answers', 'controls', 'rules', 'calendar'] as const;
export type ReviewPart = (typeof REVIEW_PARTS)[number];
export const PEOPLE_PARTS = ['accounts', 'districts', 'terminals', 'cameras', 'tokens'] as const;
export type PeoplePart = (typeof PEOPLE_PARTS)[number];

export function routeOf(hash: string): Route {
  if (hash === '#/system') return { page: 'system' };
  if (hash === '#/lab') return { page: 'lab' };
  if (hash === '#/audit') return { page: 'audit' };
  const reset = /^#\/reset\/(.+)$/.exec(hash);
  if (reset) return { page: 'reset', token: decodeURIComponent(reset[1]!) };
  const [, page, said] = /^#\/(review|people)(?:\/([a-z]+))?$/.exec(hash) ?? [];
  if (page === 'review') return { page, part: REVIEW_PARTS.find((part) => part === said) ?? 'answers' };
  if (page === 'people') return { page, part: PEOPLE_PARTS.find((part) => part === said) ?? 'accounts' };
  const company = /^#\/company(?:\/([a-z]+))?$/.exec(hash);
  if (company) return { page: 'company', tab: company[1] ?? null };
  const permit = /^#\/permits(?:\/(.+))?$/.exec(hash);
  if (permit) return { page: 'permits', permitId: permit[1] ? decodeURIComponent(permit[1]) : null };
  const alert = /^#\/alert\/(.+)$/.exec(hash);
  return { page: 'map', alertId: alert?.[1] ? decodeURIComponent(alert[1]) : null };
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return routeOf(hash);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function go(hash: string): void {
  location.hash = hash;
}

/** The address follows what is chosen without filling the history: Back leaves the page, it does not step through forty alerts. */
export function addressAlert(alertId: string | null): void {
  const hash = alertId === null ? '#/' : `#/alert/${encodeURIComponent(alertId)}`;
  if (location.hash !== hash) history.replaceState(null, '', hash);
}
