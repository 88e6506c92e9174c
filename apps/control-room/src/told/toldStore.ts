import type { Notice, NoticeDetail } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, getAll, itemsOf, wordsOf } from '../app/api.js';

interface Told {
  /** The incident on the panel; its notices are kept up by the socket. */
  incident: string | null;
  state: 'reading' | 'read' | 'failed';
  fault: string | null;
  notices: ReadonlyMap<string, NoticeDetail>;
}

export const useTold = create<Told>(() => ({ incident: null, state: 'reading', fault: null, notices: new Map() }));

/** Everybody who was told of an incident, with every message; what was read stays while it is read again. */
export async function readTold(incident: string): Promise<void> {
  const isShown = () => useTold.getState().incident === incident;
  if (!isShown()) useTold.setState({ incident, state: 'reading', fault: null, notices: new Map() });
  try {
    const listed = await getAll(`/notices?incident=${encodeURIComponent(incident)}`, itemsOf<Notice>, 1);
    if (!isShown()) return;
    const details = await Promise.all(listed.map(({ id }) => readNotice(id)));
    if (isShown()) useTold.setState({ state: 'read', fault: null, notices: new Map(details.map((one) => [one.id, one])) });
  } catch (error) {
    if (isShown()) useTold.setState({ state: 'failed', fault: wordsOf(error) });
  }
}

const readNotice = (id: string) => get<NoticeDetail>(`/notices/${encodeURIComponent(id)}`);

let due = new Set<string>();

/** The socket says that a notice changed, not how its messages stand: it is read again, those of one instant together. */
export function hearTold(notice: Pick<Notice, 'id' | 'incident'>): void {
  if (notice.incident === null || notice.incident !== useTold.getState().incident) return;
  if (due.size === 0) setTimeout(() => void readDue(), 150);
  due.add(notice.id);
}

async function readDue(): Promise<void> {
  const ids = [...due];
  due = new Set();
  const { incident } = useTold.getState();
  // One that cannot be read now is read with the next word of it.
  const details = await Promise.all(ids.map((id) => readNotice(id).catch(() => null)));
  if (useTold.getState().incident !== incident) return;
  useTold.setState(({ notices }) => {
    const next = new Map(notices);
    for (const one of details) if (one && one.version >= (next.get(one.id)?.version ?? 0)) next.set(one.id, one);
    return { notices: next, state: 'read', fault: null };
  });
}
