import type { Alert } from '@muckwatch/contract';
import { timeWords } from '../app/time.js';
import { useCommands } from '../commands/commandStore.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { putRightOf } from './told.js';
import { useTold } from './toldStore.js';

/** What the driver has already put right is said first. */
export function PutRight({ alert, alertIds }: { alert: Alert; alertIds: readonly string[] }) {
  const t = useWords();
  const zone = useZone();
  const told = useTold();
  const commands = useCommands((s) => (alert.truck.id === null ? undefined : s.byTruck.get(alert.truck.id)?.commands));
  const right = putRightOf(told.incident === alert.incident ? told.notices.values() : [], commands?.values() ?? [], alertIds);
  if (!right) return null;
  const at = timeWords(Date.parse(right.at), serverNow(), zone, t);
  return (
    <p className="put-right" data-testid="put-right" title={right.afterWord ? t.told.afterWordWhy : undefined}>
      <span aria-hidden>✓</span> {right.afterWord ? t.told.putRightAfterWord(at) : t.told.putRight(at)}
    </p>
  );
}
