import type { CameraResource } from '@muckwatch/contract';
import { create } from 'zustand';
import { getAll, itemsOf, wordsOf } from '../app/api.js';

/** The cameras in use: their own page, and the cards of the places that they look at. */
export const useCameras = create<{ cameras: readonly CameraResource[]; read: 'no' | 'reading' | 'read' | 'failed'; fault: string | null }>(() => ({
  cameras: [],
  read: 'no',
  fault: null,
}));

/** What was read stays while it is read again. */
export async function readCameras(): Promise<void> {
  if (useCameras.getState().read !== 'read') useCameras.setState({ read: 'reading' });
  try {
    useCameras.setState({ cameras: await getAll('/cameras?retired=false', itemsOf<CameraResource>), read: 'read', fault: null });
  } catch (error) {
    useCameras.setState({ read: 'failed', fault: wordsOf(error) });
  }
}
