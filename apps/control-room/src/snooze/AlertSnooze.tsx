import type { Alert } from '@muckwatch/contract';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { askToSnooze } from './SnoozeDialog.js';
import { SnoozeLine } from './SnoozeLine.js';
import { snoozeOf, useSnoozes } from './snoozes.js';

/** At the foot of an alert: its truck and rule can be snoozed, or are. A stranger's truck cannot be: there is nothing to name it by. */
export function AlertSnooze({ alert }: { alert: Alert }) {
  const t = useWords();
  const { inForce } = useSnoozes();
  const maySnooze = useMay('decide');
  if (alert.truck.id === null) return null;
  const snooze = snoozeOf(inForce, alert.truck.id, alert.rule);
  if (!snooze && !maySnooze) return null;
  return (
    <section className="alert-snooze">
      {snooze ? (
        <SnoozeLine snooze={snooze} />
      ) : (
        <button className="chip" onClick={() => snoozeAlert(alert)} data-testid="snooze">
          {t.snooze.offer(t.rule[alert.rule])} <kbd>s</kbd>
        </button>
      )}
    </section>
  );
}

export function snoozeAlert({ truck, rule }: Alert): void {
  if (truck.id !== null) askToSnooze({ truckId: truck.id, plate: truck.plate ?? truck.id, rule });
}
