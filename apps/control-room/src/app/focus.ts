import { create } from 'zustand';

interface Focus {
  /** The incident whose panel is open, and which of its alerts the panel shows. */
  incidentId: string | null;
  alertId: string | null;
  truckId: string | null;
  placeId: string | null;
  routeId: string | null;
  /** Under 1200 px the panel is a drawer: open or not. */
  panelOpen: boolean;
  /** Grows when somebody asks to see the chosen thing on the map again. */
  look: number;
}

/** What the operator looks at: the queue, the map and the panel all follow it. */
export const useFocus = create<Focus>(() => ({ incidentId: null, alertId: null, truckId: null, placeId: null, routeId: null, panelOpen: false, look: 0 }));

export function chooseIncident(incidentId: string, alertId: string, open = true): void {
  useFocus.setState((s) => ({ incidentId, alertId, truckId: null, placeId: null, routeId: null, panelOpen: open || s.panelOpen }));
}

export const chooseTruck = (truckId: string | null): void =>
  useFocus.setState((s) => ({ truckId, placeId: null, routeId: null, look: s.look + (truckId ? 1 : 0) }));
export const choosePlace = (placeId: string | null): void => useFocus.setState({ placeId, truckId: null, routeId: null });
export const chooseRoute = (routeId: string | null): void => useFocus.setState({ routeId, truckId: null, placeId: null });
export const lookAgain = (): void => useFocus.setState((s) => ({ look: s.look + 1, panelOpen: true }));
export const closePanel = (): void => useFocus.setState({ panelOpen: false });
