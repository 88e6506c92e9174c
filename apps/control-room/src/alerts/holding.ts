import type { Incident } from './incidents.js';

export interface QueueRow {
  incident: Incident;
  /** It no longer belongs in this list (decided meanwhile) but keeps its place until the hand is off. */
  left: boolean;
}

export interface Arrangement {
  rows: QueueRow[];
  /** New ones that would have moved a row under the cursor: a counter offers to show them. */
  waiting: Incident[];
}

/**
 * Which rows stand where. While `holding` (the pointer is over the list, or somebody moves through it by key) every row keeps its place:
 * new incidents wait, incidents that were decided stay greyed. Otherwise the list is simply what it should be.
 */
export function arrange(shown: readonly string[], wanted: readonly Incident[], all: ReadonlyMap<string, Incident>, holding: boolean): Arrangement {
  if (!holding || shown.length === 0) return { rows: wanted.map((incident) => ({ incident, left: false })), waiting: [] };

  const wantedIds = new Set(wanted.map((incident) => incident.id));
  const rows = shown.flatMap((id) => {
    const incident = all.get(id);
    return incident ? [{ incident, left: !wantedIds.has(id) }] : [];
  });
  const shownIds = new Set(shown);
  return { rows, waiting: wanted.filter((incident) => !shownIds.has(incident.id)) };
}

/** How long after the last key the list still counts as being walked through. */
export const KEY_HOLD_MS = 8_000;

export function isHeld(hand: { pointerOver: boolean; keyAt: number }, now: number): boolean {
  return hand.pointerOver || now - hand.keyAt < KEY_HOLD_MS;
}

/** The row to choose after `step` (+1 down, −1 up) from the chosen one; the ends hold. */
export function neighbour(rows: readonly QueueRow[], chosen: string | null, step: 1 | -1): string | null {
  if (rows.length === 0) return null;
  const at = rows.findIndex((row) => row.incident.id === chosen);
  if (at < 0) return rows[step === 1 ? 0 : rows.length - 1]?.incident.id ?? null;
  const next = Math.min(rows.length - 1, Math.max(0, at + step));
  return rows[next]?.incident.id ?? null;
}
