import { type CommandResource, isControl, type Notice } from '@muckwatch/contract';

/** The answers that wait, after one notice more was heard: a newer word replaces the older, and what waits no longer goes. */
export function withNotice(answers: ReadonlyMap<string, Notice>, heard: Notice): ReadonlyMap<string, Notice> {
  const known = answers.get(heard.id);
  if (known && known.version >= heard.version) return answers;
  const next = new Map(answers);
  if (heard.status === 'rectified' || heard.status === 'objected') next.set(heard.id, heard);
  else next.delete(heard.id);
  return known === undefined && next.size === answers.size ? answers : next;
}

/** Asked ones come in; one that was asked for while we looked stays with what became of it. */
export function withControl(controls: ReadonlyMap<string, CommandResource>, heard: CommandResource): ReadonlyMap<string, CommandResource> {
  const known = controls.get(heard.id);
  if (!isControl(heard.kind) || (known && known.version >= heard.version) || (!known && heard.status !== 'asked')) return controls;
  return new Map(controls).set(heard.id, heard);
}

/** Who answered first is looked at first; a new one comes in below. */
export const answersInOrder = (answers: ReadonlyMap<string, Notice>): Notice[] =>
  [...answers.values()].sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.number.localeCompare(b.number));

export function controlsInOrder(controls: ReadonlyMap<string, CommandResource>): { waiting: CommandResource[]; decided: CommandResource[] } {
  const all = [...controls.values()].sort((a, b) => a.askedAt.localeCompare(b.askedAt));
  return { waiting: all.filter(({ status }) => status === 'asked'), decided: all.filter(({ status }) => status !== 'asked').reverse() };
}

/** The one to look at after one was decided: the next below, else the last. */
export function nextAfter(ids: readonly string[], decided: string): string | null {
  const i = ids.indexOf(decided);
  return ids[i + 1] ?? ids[i - 1] ?? null;
}
