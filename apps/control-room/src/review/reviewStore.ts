import type { CommandResource, Notice } from '@muckwatch/contract';
import { create } from 'zustand';
import { getAll, itemsOf, wordsOf } from '../app/api.js';
import { mayNow } from '../auth/may.js';
import { withControl, withNotice } from './waiting.js';

interface Review {
  state: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
  /** Answers that wait to be accepted or sent back. */
  answers: ReadonlyMap<string, Notice>;
  /** Controls that wait for approval, and those decided since the page was opened. */
  controls: ReadonlyMap<string, CommandResource>;
}

export const useReview = create<Review>(() => ({ state: 'no', fault: null, answers: new Map(), controls: new Map() }));

/** What waits for a supervisor: read once the line stands, kept up by the socket. */
export async function readReview(): Promise<void> {
  if (!mayNow('review')) return;
  if (useReview.getState().state !== 'read') useReview.setState({ state: 'reading' });
  try {
    const [rectified, objected, asked] = await Promise.all([
      getAll('/notices?status=rectified', itemsOf<Notice>, 4),
      getAll('/notices?status=objected', itemsOf<Notice>, 4),
      getAll('/commands?status=asked', itemsOf<CommandResource>, 2),
    ]);
    useReview.setState({
      state: 'read',
      fault: null,
      answers: [...rectified, ...objected].reduce(withNotice, new Map()),
      controls: asked.reduce(withControl, new Map()),
    });
  } catch (error) {
    useReview.setState({ state: 'failed', fault: wordsOf(error) });
  }
}

export function hearAnswer(notice: Notice): void {
  if (mayNow('review')) useReview.setState(({ answers }) => ({ answers: withNotice(answers, notice) }));
}

export function hearControl(command: CommandResource): void {
  if (mayNow('review')) useReview.setState(({ controls }) => ({ controls: withControl(controls, command) }));
}

export const forgetReview = (): void => useReview.setState({ state: 'no', fault: null, answers: new Map(), controls: new Map() });
