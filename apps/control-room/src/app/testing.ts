import { fleet } from '../live/connection.js';
import { STATES } from '../live/fleet.js';
import { frameWorkMs } from '../live/work.js';

declare global {
  interface Window {
    muckwatch?: {
      /** Trucks as the page knows them, newest fix each. */
      trucks: () => Map<string, { lat: number; lon: number; state: string }>;
      /** The page's own work on live data and drawing, ms a second, averaged over nine seconds. */
      frameWorkMs: () => number;
    };
  }
}

/**
 * Trucks are pixels on a canvas: a browser test cannot ask the DOM whether one moved, and a bench cannot ask it what drawing cost. These two
 * read-only windows are what they ask instead. They tell nothing that the signed-in person does not see.
 */
export function openForTests(): void {
  window.muckwatch = {
    trucks: () => {
      const known = new Map<string, { lat: number; lon: number; state: string }>();
      for (let i = 0; i < fleet.count; i++) known.set(fleet.ids[i]!, { lat: fleet.lat[i]!, lon: fleet.lon[i]!, state: STATES[fleet.state[i]!]! });
      return known;
    },
    frameWorkMs,
  };
}
