import type { PermitResource } from '@muckwatch/contract';
import { create } from 'zustand';
import { getAll, itemsOf, wordsOf } from '../app/api.js';

interface Permits {
  /** In use and retired ones. */
  permits: readonly PermitResource[];
  read: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
}

export const usePermits = create<Permits>(() => ({ permits: [], read: 'no', fault: null }));

/** What was read stays on the page while it is read again. */
export async function readPermits(): Promise<void> {
  if (usePermits.getState().read !== 'read') usePermits.setState({ read: 'reading' });
  try {
    const lists = await Promise.all(['false', 'true'].map((retired) => getAll(`/permits?retired=${retired}`, itemsOf<PermitResource>)));
    usePermits.setState({ permits: lists.flat(), read: 'read', fault: null });
  } catch (error) {
    usePermits.setState({ read: 'failed', fault: wordsOf(error) });
  }
}

/** What was just saved is shown at once; the server's word that permits changed reads the whole list again. */
export function hearPermit(permit: PermitResource): void {
  usePermits.setState(({ permits }) => ({ permits: [...permits.filter(({ id }) => id !== permit.id), permit] }));
}
