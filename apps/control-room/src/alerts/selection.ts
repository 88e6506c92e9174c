import { create } from 'zustand';
import { type Act, isAllowed } from './decisions.js';
import type { Incident } from './incidents.js';
import { useQueue } from './queueStore.js';

/** Incidents ticked for one step on all of them. */
export const useSelection = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

/** Another list before the eyes: nothing that is not seen stays ticked. */
useQueue.subscribe((now, before) => {
  if (now.tab !== before.tab || now.filter !== before.filter) clearSelection();
});

export function clearSelection(): void {
  if (useSelection.getState().ids.size > 0) useSelection.setState({ ids: new Set() });
}

export function toggleSelected(id: string): void {
  const ids = new Set(useSelection.getState().ids);
  if (!ids.delete(id)) ids.add(id);
  useSelection.setState({ ids });
}

/** From the row ticked last to this one, as lists everywhere do it with Shift. */
export function selectTo(id: string): void {
  const { rows } = useQueue.getState();
  const order = rows.map(({ incident }) => incident.id);
  const ids = new Set(useSelection.getState().ids);
  const last = [...ids].at(-1);
  const [from, to] = [last === undefined ? -1 : order.indexOf(last), order.indexOf(id)];
  if (from < 0 || to < 0) return toggleSelected(id);
  for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(one);
  useSelection.setState({ ids });
}

export function selectAllShown(): void {
  useSelection.setState({
    ids: new Set(
      useQueue
        .getState()
        .rows.filter(({ left }) => !left)
        .map(({ incident }) => incident.id),
    ),
  });
}

/** The ticked incidents that are still there. */
export function selectedOf(ids: ReadonlySet<string>, incidents: ReadonlyMap<string, Incident>): Incident[] {
  return [...ids].flatMap((id) => incidents.get(id) ?? []);
}

/** Every alert of them that the step may be taken on. */
export const targetsOf = (incidents: readonly Incident[], step: Act) =>
  incidents.flatMap(({ lead, others }) => [lead, ...others]).filter((alert) => isAllowed(alert, step));
