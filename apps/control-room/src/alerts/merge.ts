import type { Alert } from '@muckwatch/contract';
import { isDecided } from './incidents.js';

export type AlertMap = ReadonlyMap<string, Alert>;

/** Puts alerts into the map, keeping the greater version of each. The same map comes back when nothing was newer. */
export function mergeAlerts(known: AlertMap, heard: Iterable<Alert>): AlertMap {
  let next: Map<string, Alert> | null = null;
  for (const alert of heard) {
    const old = (next ?? known).get(alert.id);
    if (old && old.version >= alert.version) continue;
    next ??= new Map(known);
    next.set(alert.id, alert);
  }
  return next ?? known;
}

/** Without what was decided before a time, incident by incident: a page that stays open for a week must not keep a week. The same map comes back when nothing goes. */
export function withoutDecided(known: AlertMap, before: number, chosenId: string | null): AlertMap {
  const staying = new Set<string>();
  for (const alert of known.values()) if (!isDecided(alert) || alert.id === chosenId || decidedAt(alert) >= before) staying.add(alert.incident);
  const next = new Map([...known].filter(([, alert]) => staying.has(alert.incident)));
  return next.size === known.size ? known : next;
}

/** Decided incidents that a page keeps unasked: a night of 200 an hour would be megabytes. */
export const KEPT_DECIDED = 100;

/**
 * Without the decided incidents but those decided last, and the chosen one: what is undecided always stays. `letGoAt`: the newest decision of what went, null where
 * nothing did; then the same map comes back.
 */
export function withNewestDecided(known: AlertMap, most: number, chosenId: string | null): { alerts: AlertMap; letGoAt: number | null } {
  const whole = { alerts: known, letGoAt: null };
  if (known.size <= most) return whole;
  const decided = new Map<string, number>();
  const staying = new Set<string>();
  for (const alert of known.values()) {
    if (!isDecided(alert) || alert.id === chosenId) staying.add(alert.incident);
    else decided.set(alert.incident, Math.max(decided.get(alert.incident) ?? 0, decidedAt(alert)));
  }
  for (const incident of staying) decided.delete(incident);
  if (decided.size <= most) return whole;
  const newestFirst = [...decided].sort((a, b) => b[1] - a[1]);
  for (const [incident] of newestFirst.slice(0, most)) staying.add(incident);
  return { alerts: new Map([...known].filter(([, { incident }]) => staying.has(incident))), letGoAt: newestFirst[most]![1] };
}

const decidedAt = ({ decision, openedAt }: Alert) => Date.parse(decision?.at ?? openedAt);

export interface Return {
  alerts: AlertMap;
  /** In the snapshot and not known before. */
  arrived: Alert[];
  /** Undecided here when the line broke; not among the undecided of the snapshot. */
  settled: Alert[];
}

/**
 * A snapshot says which alerts are undecided now. What we thought undecided and it does not name was settled by somebody meanwhile:
 * it leaves the map (the closed list fetches it again), so that no row stands open for ever.
 */
export function mergeSnapshot(known: AlertMap, snapshot: readonly Alert[]): Return {
  const named = new Map(snapshot.map((alert) => [alert.id, alert]));
  const settled = [...known.values()].filter((alert) => !isDecided(alert) && isDecidedIn(named, alert.id));
  const kept = new Map(known);
  for (const alert of settled) if (!named.has(alert.id)) kept.delete(alert.id);
  return {
    alerts: mergeAlerts(kept, snapshot),
    arrived: snapshot.filter((alert) => !known.has(alert.id) && !isDecided(alert)),
    settled,
  };
}

function isDecidedIn(named: Map<string, Alert>, id: string): boolean {
  const alert = named.get(id);
  return !alert || isDecided(alert);
}
