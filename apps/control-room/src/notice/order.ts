import type { Notice, NoticeStatus } from '@muckwatch/contract';
import { SEVERITY_RANK } from '../theme/tokens.js';

export const waitsForAnswer = (status: NoticeStatus): boolean => status === 'open' || status === 'acknowledged' || status === 'sent-back';
export const waitsForReview = (status: NoticeStatus): boolean => status === 'rectified' || status === 'objected';

export interface Groups {
  waiting: Notice[];
  reviewing: Notice[];
  done: Notice[];
}

/** What waits for the reader, what waits for a reviewer, what is settled; each in the order in which it is looked at. */
export function groupsOf(notices: Iterable<Notice>): Groups {
  const groups: Groups = { waiting: [], reviewing: [], done: [] };
  for (const notice of notices) (waitsForAnswer(notice.status) ? groups.waiting : waitsForReview(notice.status) ? groups.reviewing : groups.done).push(notice);
  groups.waiting.sort(urgency);
  groups.reviewing.sort(newest);
  groups.done.sort(newest);
  return groups;
}

/** Overdue first, then what was sent back, then by deadline, the graver first among equals; without a deadline last. */
function urgency(a: Notice, b: Notice): number {
  return (
    Number(b.overdue) - Number(a.overdue) ||
    Number(b.status === 'sent-back') - Number(a.status === 'sent-back') ||
    dueAt(a) - dueAt(b) ||
    SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity] ||
    newest(a, b)
  );
}

const LATER = Number.MAX_SAFE_INTEGER;
const dueAt = ({ deadline }: Notice) => (deadline === null ? LATER : Date.parse(deadline));
const newest = (a: Notice, b: Notice) => Date.parse(b.openedAt) - Date.parse(a.openedAt) || (a.id < b.id ? -1 : 1);

/** What the server said last of each: a greater version wins, whichever way it came. */
export function merged<T extends Notice>(known: ReadonlyMap<string, T>, heard: Iterable<T>): ReadonlyMap<string, T> {
  const all = new Map(known);
  for (const notice of heard) {
    const before = all.get(notice.id);
    if (!before || before.version <= notice.version) all.set(notice.id, notice);
  }
  return all;
}
