import type { Handover } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, itemsOf, post, wordsOf } from '../app/api.js';
import { serverNow } from '../live/liveStore.js';

/** What was handed over so long ago is nobody's to take. */
const OFFERED_MS = 12 * 3_600_000;

interface Handing {
  /** The newest that nobody has taken, and nobody has put away on this page. */
  offered: Handover | null;
  /** What was handed over on this page, and whether somebody has taken it. */
  handed: Handover | null;
  writing: boolean;
  /** What was written and not handed over yet: it outlives the dialogue, and a session that ends. */
  words: string;
  looking: Handover | null;
  fault: string | null;
}

export const useHanding = create<Handing>(() => ({ offered: null, handed: null, writing: false, words: '', looking: null, fault: null }));

/** Read when the control room opens and whenever somebody has handed over or taken. */
export async function readOffered(myId: string): Promise<void> {
  try {
    const [newest] = itemsOf<Handover>(await get('/handovers?limit=1'));
    useHanding.setState(({ handed }) => ({
      offered: newest && isOffered(newest, myId, serverNow()) ? newest : null,
      handed: newest && newest.id === handed?.id ? newest : handed,
    }));
  } catch {
    // Without it the room works all the same; the next change reads it again.
  }
}

export const isOffered = ({ taken, by, at }: Handover, myId: string, now: number): boolean =>
  taken === null && by.id !== myId && now - Date.parse(at) < OFFERED_MS;

export async function takeOver(handover: Handover): Promise<void> {
  try {
    await post<Handover>(`/handovers/${handover.id}/take`, {});
    useHanding.setState({ offered: null, looking: null, fault: null });
  } catch (error) {
    useHanding.setState({ fault: wordsOf(error) });
  }
}
