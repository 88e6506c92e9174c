import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { isAway } from '../live/liveStore.js';

const AGAIN_MS = 2_000;

/** A part of the page, fetched when it is wanted. While the server is away it is waited for: the head line, and all that was written, stay. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as React's own `lazy`: props of every kind
export function part<T extends ComponentType<any>>(load: () => Promise<{ default: T }>): LazyExoticComponent<T> {
  return lazy(() => fetched(load));
}

async function fetched<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (!isAway()) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      askForStylesAgain();
    }
  }
}

/** A style sheet that did not come is not asked for again by itself: its link counts as there. */
function askForStylesAgain(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) if (link.sheet === null) link.replaceWith(link.cloneNode());
}
