import type { Notice, NoticeDetail } from '@muckwatch/contract';
import { create } from 'zustand';
import { get, getAll, itemsOf, wordsOf } from '../app/api.js';
import { merged } from './order.js';

interface Notices {
  notices: ReadonlyMap<string, Notice>;
  read: 'no' | 'reading' | 'read' | 'failed';
  fault: string | null;
  /** Where older settled ones go on; null: all are known. */
  older: string | null;
  /** One notice with all about it, as it was last read. */
  details: ReadonlyMap<string, NoticeDetail>;
}

const NOTHING: Notices = { notices: new Map(), read: 'no', fault: null, older: null, details: new Map() };
export const useNotices = create<Notices>(() => NOTHING);

/** Whose notices: one's own, or all that one's scope shows. */
export type Whose = 'mine' | 'scope';
/** Over 3G a page of settled ones is a second. */
const SETTLED_AT_ONCE = 20;
const queryOf = (whose: Whose) => (whose === 'mine' ? 'mine=true&' : '');

/** What waits in full, of the rest the newest. What was read stays on the page while it is read again. */
export async function readNotices(whose: Whose): Promise<void> {
  if (useNotices.getState().read !== 'read') useNotices.setState({ read: 'reading' });
  try {
    const [open, newest] = await Promise.all([
      getAll(`/notices?${queryOf(whose)}open=true`, itemsOf<Notice>, 4),
      get<{ items: Notice[]; nextCursor: string | null }>(`/notices?${queryOf(whose)}limit=${SETTLED_AT_ONCE}`),
    ]);
    useNotices.setState((s) => ({
      notices: merged(s.notices, [...open, ...newest.items]),
      read: 'read',
      fault: null,
      older: s.older ?? newest.nextCursor,
    }));
  } catch (error) {
    useNotices.setState((s) => ({ read: s.notices.size > 0 ? s.read : 'failed', fault: wordsOf(error) }));
  }
}

export async function readOlder(whose: Whose): Promise<void> {
  const { older } = useNotices.getState();
  if (older === null) return;
  try {
    const page = await get<{ items: Notice[]; nextCursor: string | null }>(
      `/notices?${queryOf(whose)}limit=${SETTLED_AT_ONCE}&cursor=${encodeURIComponent(older)}`,
    );
    useNotices.setState((s) => ({ notices: merged(s.notices, page.items), older: page.nextCursor }));
  } catch (error) {
    useNotices.setState({ fault: wordsOf(error) });
  }
}

/** From the socket, or the answer to a step. What is looked at is read anew: the event bears no steps. */
export function hearNotice(notice: Notice): void {
  const { details } = useNotices.getState();
  useNotices.setState((s) => ({ notices: merged(s.notices, [notice]) }));
  const known = details.get(notice.id);
  if (known && known.version < notice.version) void readDetail(notice.id).catch(() => undefined);
}

export async function readDetail(id: string): Promise<NoticeDetail> {
  const detail = await get<NoticeDetail>(`/notices/${encodeURIComponent(id)}`);
  keepDetail(detail);
  return detail;
}

function keepDetail(detail: NoticeDetail): void {
  useNotices.setState((s) => ({ details: merged(s.details, [detail]), notices: merged(s.notices, [detail]) }));
}

export const forgetNotices = (): void => useNotices.setState(NOTHING, true);
