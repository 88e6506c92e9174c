import type { Alert, Severity } from '@muckwatch/contract';
import { isDecided, quietOf } from '../alerts/incidents.js';
import { SEVERITY_RANK } from '../theme/tokens.js';

export interface Marks {
  /** Worst undecided alert of each truck. */
  worst: Map<string, Severity>;
  /** Trucks in a critical episode that still goes on: the only ones with a ring. */
  ringed: Set<string>;
  /** Ringed now and not before: these pulse, once. */
  fresh: string[];
}

export function marksOf(alerts: Iterable<Alert>, ringedBefore: ReadonlySet<string>): Marks {
  const worst = new Map<string, Severity>();
  const ringed = new Set<string>();
  const fresh: string[] = [];
  for (const alert of alerts) {
    const { id } = alert.truck;
    if (id === null || isDecided(alert) || quietOf(alert) !== null) continue;
    const known = worst.get(id);
    if (!known || SEVERITY_RANK[alert.severity] > SEVERITY_RANK[known]) worst.set(id, alert.severity);
    if (alert.severity !== 'critical' || alert.cleared || ringed.has(id)) continue;
    ringed.add(id);
    if (!ringedBefore.has(id) && !alert.late) fresh.push(id);
  }
  return { worst, ringed, fresh };
}
