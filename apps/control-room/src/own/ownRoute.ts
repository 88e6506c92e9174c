import type { Role } from '@muckwatch/contract';
import { useSyncExternalStore } from 'react';

/** Pages outside the night room: somebody's own, light enough for a telephone. */
export type OwnPage = { page: 'notices' } | { page: 'notice'; id: string } | { page: 'yard'; id: string | null } | { page: 'me' };

export function ownRouteOf(hash: string): OwnPage | null {
  if (hash === '#/me') return { page: 'me' };
  if (hash === '#/notices') return { page: 'notices' };
  const notice = /^#\/notice\/([^/]+)$/.exec(hash);
  if (notice) return { page: 'notice', id: decoded(notice[1]!) };
  const yard = /^#\/yard(?:\/([^/]+))?$/.exec(hash);
  return yard ? { page: 'yard', id: yard[1] ? decoded(yard[1]) : null } : null;
}

/** A link that was cut off in a message is still a link to something. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Which own page somebody of this role sees at this address; null: the night room, which has addresses of its own. */
export function doorOf(role: Role, route: OwnPage | null): OwnPage | null {
  if (route?.page === 'me' || route?.page === 'notice') return route;
  if (role === 'site-manager') return { page: 'notices' };
  if (role === 'yard-keeper') return route ?? { page: 'yard', id: null };
  return route;
}

export function useOwnRoute(): OwnPage | null {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return ownRouteOf(hash);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
