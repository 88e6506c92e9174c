import type { RouteFeature } from '@muckwatch/contract';
import { create } from 'zustand';
import { featuresOf, getAll, wordsOf } from '../app/api.js';
import { type MapRoute, mapRouteOf } from './routes.js';

interface Routes {
  routes: readonly MapRoute[];
  read: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
}

/** Approved routes: the map draws them, the permits name them. */
export const useRoutes = create<Routes>(() => ({ routes: [], read: 'no', fault: null }));

/** What was read stays on the page while it is read again. */
export async function readRoutes(): Promise<void> {
  if (useRoutes.getState().read !== 'read') useRoutes.setState({ read: 'reading' });
  try {
    const features = await getAll('/routes', featuresOf<RouteFeature>);
    useRoutes.setState({ routes: features.map(mapRouteOf), read: 'read', fault: null });
  } catch (error) {
    useRoutes.setState({ read: 'failed', fault: wordsOf(error) });
  }
}
