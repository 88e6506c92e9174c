import { create } from 'zustand';
import { remember, remembered } from '../app/remember.js';
import { go } from '../app/router.js';

export const TOUR_STEPS = ['counts', 'queue', 'map', 'panel', 'decide', 'pages'] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

/** Which step is shown; null: none. */
export const useTour = create<{ step: number | null }>(() => ({ step: null }));

export function startTour(): void {
  go('#/');
  useTour.setState({ step: 0 });
}

/** Whoever opens the demo city for the first time is shown round once; a real city's operator is not stopped at the door. */
export function offerTour(demo: boolean): void {
  if (demo && remembered('tour') === null) useTour.setState({ step: 0 });
}

export function endTour(): void {
  remember('tour', 'seen');
  useTour.setState({ step: null });
}
