import { create } from 'zustand';
import { shiftOf } from '../app/time.js';
import { serverNow, useLive } from '../live/liveStore.js';
import { keepNewestDecided, useAlerts } from './alertStore.js';
import { arrange, isHeld, KEY_HOLD_MS, type QueueRow } from './holding.js';
import { groupIncidents, type Incident, NO_FILTER, passes, type QueueFilter, queueOrder, type Stage } from './incidents.js';

interface QueueState {
  tab: Stage;
  filter: QueueFilter;
  incidents: ReadonlyMap<string, Incident>;
  counts: Record<Stage, number>;
  /** More was decided in this shift than is kept here. */
  decidedMore: boolean;
  rows: QueueRow[];
  waiting: Incident[];
  hiddenByFilter: number;
}

export const useQueue = create<QueueState>(() => ({
  tab: 'open',
  filter: NO_FILTER,
  incidents: new Map(),
  counts: { open: 0, acknowledged: 0, decided: 0 },
  decidedMore: false,
  rows: [],
  waiting: [],
  hiddenByFilter: 0,
}));

const hand = { pointerOver: false, keyAt: -Infinity };
let keyTimer: ReturnType<typeof setTimeout> | undefined;

useAlerts.subscribe((now, before) => {
  if (now.alerts !== before.alerts) regroup();
  else if (now.letGoAt !== before.letGoAt || now.decidedWhole !== before.decidedWhole) rearrange();
});

export function setTab(tab: Stage): void {
  useQueue.setState({ tab });
  if (tab !== 'decided') keepNewestDecided();
  settle();
}

export function setFilter(filter: QueueFilter): void {
  useQueue.setState({ filter });
  settle();
}

/** What an address says is to be shown. */
export function setView({ tab, filter }: { tab: Stage; filter: QueueFilter }): void {
  useQueue.setState({ tab, filter });
  if (tab !== 'decided') keepNewestDecided();
  settle();
}

export function pointerOver(over: boolean): void {
  hand.pointerOver = over;
  rearrange();
}

/** A key moved the choice: the list holds still for a while, then comes in order by itself. */
export function keyed(): void {
  hand.keyAt = performance.now();
  clearTimeout(keyTimer);
  keyTimer = setTimeout(rearrange, KEY_HOLD_MS + 20);
}

/** «Show»: the list becomes what it should be, hand or no hand. */
export function settle(): void {
  useQueue.setState({ rows: [] });
  rearrange();
}

function regroup(): void {
  const incidents = new Map(groupIncidents(useAlerts.getState().alerts.values()).map((incident) => [incident.id, incident]));
  useQueue.setState({ incidents });
  rearrange();
}

function rearrange(): void {
  const { incidents, tab, filter, rows } = useQueue.getState();
  const zone = useLive.getState().health?.cityTimeZone ?? 'Asia/Shanghai';
  const { since } = shiftOf(serverNow(), zone);
  const counted = [...incidents.values()].filter((incident) => incident.decidedAt === null || incident.decidedAt >= since);
  const counts = { open: 0, acknowledged: 0, decided: 0 };
  for (const incident of counted) counts[incident.stage]++;

  const ofTab = counted.filter((incident) => incident.stage === tab);
  const wanted = queueOrder(ofTab.filter((incident) => passes(incident, filter)));
  const shown = rows.map((row) => row.incident.id);
  const { letGoAt, decidedWhole } = useAlerts.getState();
  const decidedMore = !decidedWhole && letGoAt !== null && letGoAt >= since;
  useQueue.setState({
    counts,
    decidedMore,
    hiddenByFilter: ofTab.length - wanted.length,
    ...arrange(shown, wanted, incidents, isHeld(hand, performance.now())),
  });
}
