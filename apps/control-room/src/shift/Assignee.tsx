import type { Alert } from '@muckwatch/contract';
import { useQueue } from '../alerts/queueStore.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { AssignMenu } from './AssignMenu.js';
import { takeOrLeave, useAssigning } from './assign.js';

/** Who has the incident in hand. */
export function Assignee({ alert }: { alert: Alert }) {
  const t = useWords();
  const mayDecide = useMay('decide');
  const incident = useQueue((s) => s.incidents.get(alert.incident));
  const { busy, fault } = useAssigning();
  const assignee = incident?.assignee ?? alert.assignee;
  if (!mayDecide) return assignee && <p className="assignee">{t.shifts.inHand(assignee.name)}</p>;
  return (
    <p className="assignee" data-testid="assignee">
      <AssignMenu alerts={[alert]}>
        <button className="chip" disabled={busy}>
          {assignee ? t.shifts.inHand(assignee.name) : t.shifts.nobodys} ▾
        </button>
      </AssignMenu>
      {!assignee && (
        <button className="chip" disabled={busy} onClick={() => takeOrLeave(alert, null)} data-testid="take">
          {t.shifts.take} <kbd>i</kbd>
        </button>
      )}
      {fault && (
        <span className="c-serious" role="alert">
          {fault}
        </span>
      )}
    </p>
  );
}
