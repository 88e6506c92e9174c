import { useSyncExternalStore } from 'react';

/** The pages of the control room, by their names in the address; what each is stands in `pages.tsx`. */
export const PAGES = [
  'map',
  'cameras',
  'permits',
  'places',
  'company',
  'handovers',
  'hauls',
  'playback',
  'city',
  'lab',
  'review',
  'registry',
  'people',
  'audit',
  'system',
  'help',
  'reset',
] as const;
export type PageName = (typeof PAGES)[number];

/** Addresses live in the hash: the server needs to know one page only, and a link to an alert can be passed on. `#/page/rest?query` */
export interface Route {
  page: PageName;
  /** What follows the page's name, decoded; on the map the alert that is looked at. */
  rest: string | null;
  query: URLSearchParams;
}

const HASH = /^#\/([a-z-]*)(?:\/([^?]+))?\/?(?:\?(.*))?$/;

export function routeOf(hash: string): Route {
  const [, name = '', rest, query] = HASH.exec(hash) ?? [];
  const page = name === 'alert' ? 'map' : PAGES.find((one) => one === name);
  return { page: page ?? 'map', rest: page && rest ? decoded(rest) : null, query: new URLSearchParams(query) };
}

/** A link that was cut off in a message is still a link to something. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One of a page's parts; an address that names none of them means the first. */
export const partOf = <P extends string>(parts: readonly P[], said: string | null): P => parts.find((part) => part === said) ?? parts[0]!;

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

/** Other words for the page that stands there already: it is not drawn anew and Back does not come here twice. */
export function replaceAddress(hash: string): void {
  if (location.hash !== hash) history.replaceState(null, '', hash);
}
