import type { Alert } from '@muckwatch/contract';
import { create } from 'zustand';
import { hearAlerts } from '../alerts/alertStore.js';
import { itemsOf, post, wordsOf } from '../app/api.js';
import { useSession } from '../auth/session.js';

/** What went wrong with giving an incident to somebody; shown where it was pressed. */
export const useAssigning = create<{ busy: boolean; fault: string | null }>(() => ({ busy: false, fault: null }));

/** Each incident, by one of its alerts, to one account; null: to nobody. */
export async function assign(alerts: readonly Pick<Alert, 'id'>[], accountId: string | null): Promise<void> {
  useAssigning.setState({ busy: true, fault: null });
  try {
    for (const { id } of alerts) hearAlerts(itemsOf<Alert>(await post(`/alerts/${encodeURIComponent(id)}/assign`, { accountId })));
    useAssigning.setState({ busy: false });
  } catch (error) {
    useAssigning.setState({ busy: false, fault: wordsOf(error) });
  }
}

export function myId(): string | null {
  const { session } = useSession.getState();
  return session.state === 'in' ? session.account.id : null;
}

/** By key: mine, or, where it is mine already, nobody's. */
export function takeOrLeave(alert: Alert, assigneeId: string | null): void {
  const me = myId();
  if (me !== null) void assign([alert], assigneeId === me ? null : me);
}
