import type { Alert } from '@muckwatch/contract';
import { wallOf } from '../app/cityClock.js';
import { useMay } from '../auth/may.js';
import { useCommands } from '../commands/commandStore.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { lastWordOf } from '../commands/steps.js';
import { inOrder, standingOf } from './told.js';
import { useTold } from './toldStore.js';

const SHOWN = 4;

/** Whom it was told, at a glance, on one line above the decisions whatever is scrolled: the whole story opens from it. */
export function ToldStrip({ alert, alertIds, onOpen }: { alert: Alert; alertIds: readonly string[]; onOpen: () => void }) {
  const t = useWords();
  const zone = useZone();
  const told = useTold();
  const seesOthers = useMay('see-notices');
  const commands = useCommands((s) => (alert.truck.id === null ? undefined : s.byTruck.get(alert.truck.id)?.commands));
  const clock = (at: string | null) => (at === null ? '' : wallOf(Date.parse(at), zone).clock);
  const word = lastWordOf(commands?.values() ?? [], alertIds);
  const mine = told.incident === alert.incident;
  const notices = mine ? inOrder(told.notices.values()) : [];
  const chips = [
    ...(word
      ? [
          {
            key: 'driver',
            mark: word.status === 'done' ? '✓' : ['failed', 'unsupported', 'expired', 'refused'].includes(word.status) ? '✕' : '…',
            tone: word.status === 'done' ? 'good' : ['failed', 'unsupported', 'expired', 'refused'].includes(word.status) ? 'bad' : 'going',
            words: `${t.told.driver} ${word.status === 'done' ? t.commands.done[word.kind] : t.commands.status[word.status]} ${clock(word.steps.at(-1)?.at ?? null)}`,
          },
        ]
      : []),
    ...notices.map((notice) => {
      const { stand, at, mark, tone } = standingOf(notice);
      return { key: notice.id, mark, tone, words: `${notice.recipient.name} ${t.told.stand[stand]} ${clock(at)}` };
    }),
  ];
  return (
    <button className="told-strip" onClick={onOpen} title={t.told.title} data-testid="told-strip">
      {chips.length === 0 &&
        (mine && told.state === 'read'
          ? seesOthers
            ? t.told.none
            : t.told.onlyYours
          : mine && told.state === 'failed'
            ? t.told.failed
            : t.loading(t.told.reading))}
      {chips.slice(0, SHOWN).map(({ key, mark, tone, words }) => (
        <span key={key} className="told-chip">
          <i className={tone} aria-hidden>
            {mark}
          </i>{' '}
          {words}
        </span>
      ))}
      {chips.length > SHOWN && <span className="told-chip more">+{chips.length - SHOWN}</span>}
    </button>
  );
}
